-- A minute that says nothing of a kind does not make it quiet. What stood before is of a kind that spans show.
alter table deviation add column kind text not null default 'CONDUCT';
alter table deviation alter column kind drop default;
