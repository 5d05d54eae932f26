import { expect, test } from 'vitest';
import { Problem } from '../api/client';
import { refusalOf } from './refusal';

const refused = (detail: string, ...fields: { pointer: string; message: string }[]) => refusalOf(new Problem(400, 'refused', detail, undefined, fields));

test('codes become sentences', () => {
  expect(refused('LOGIN_BAD_CREDENTIALS')).toBe('The e-mail address or the password is wrong.');
  expect(refused('REGISTER_USER_ALREADY_EXISTS', { pointer: '/email', message: 'is taken' })).toMatch(/invitation/);
});

test('a password that is not taken comes with the reason', () => {
  expect(refused('REGISTER_INVALID_PASSWORD', { pointer: '/password', message: 'needs at least 8 characters' })).toBe('This password is not taken: it needs at least 8 characters.');
});

test('everything else is told as it came', () => {
  expect(refused('Too many tries; go on in 12 s')).toBe('Too many tries; go on in 12 s');
});
