-- What an import made of the judgments in its file: new tasks with a known answer, and rows that were judged and from which none follows.
alter table imports
  add column known_answers integer not null default 0,
  add column without_known_answer integer not null default 0;
