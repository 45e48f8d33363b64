-- Wrong codes of a person in a row, wherever they were entered: what limits guessing must outlive a restart.
ALTER TABLE "second_factor" ADD COLUMN "wrong_codes" INTEGER NOT NULL DEFAULT 0;
ALTER TABLE "second_factor" ADD COLUMN "last_wrong_at" TIMESTAMPTZ(3);
