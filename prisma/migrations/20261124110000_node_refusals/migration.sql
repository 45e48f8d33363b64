-- Refusals of and by nodes since the audit log last said so: the log gets one leaf an hour of each kind.
CREATE TABLE "node_refusal" (
    "node_id" UUID NOT NULL,
    "place" TEXT NOT NULL,
    "code" TEXT NOT NULL,
    "unlogged" INTEGER NOT NULL,
    "logged_at" TIMESTAMPTZ(3),

    CONSTRAINT "node_refusal_pkey" PRIMARY KEY ("node_id", "place", "code")
);
