create table book (id bigint generated always as identity primary key, title text not null);
create role shelf_reader_of_tests nologin;
grant usage on schema shelf to shelf_reader_of_tests;
grant select on book to shelf_reader_of_tests;
