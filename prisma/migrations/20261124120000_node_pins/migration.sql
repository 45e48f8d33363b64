-- Whom a hospital says it has pinned: its own list, as it last announced it.
ALTER TABLE "node_status" ADD COLUMN "pinned" JSONB;
