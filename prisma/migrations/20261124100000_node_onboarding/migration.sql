-- Nodes come in by an invite, a certificate of our own authority and the word of two people, and by no token any more.
ALTER TABLE "node" DROP COLUMN "token_sha256",
  ADD COLUMN "jurisdiction" TEXT,
  ADD COLUMN "endpoint" TEXT,
  ADD COLUMN "csr" BYTEA,
  ADD COLUMN "enrolled_at" TIMESTAMPTZ(3),
  ADD COLUMN "enrolled_build" TEXT,
  ADD COLUMN "rekey_ordered_at" TIMESTAMPTZ(3),
  ADD COLUMN "preflight" JSONB,
  ADD COLUMN "preflight_at" TIMESTAMPTZ(3);

ALTER TABLE "node_status" ADD COLUMN "tls_group" TEXT,
  ADD COLUMN "engine" JSONB,
  ADD COLUMN "telemetry" JSONB,
  ADD COLUMN "telemetry_at" TIMESTAMPTZ(3);

CREATE TABLE "node_invite" (
    "id" UUID NOT NULL,
    "node_id" UUID NOT NULL,
    "locator" TEXT NOT NULL,
    "code_key" BYTEA NOT NULL,
    "wrong_codes" INTEGER NOT NULL DEFAULT 0,
    "invited_by_id" UUID NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    "used_at" TIMESTAMPTZ(3),
    "withdrawn_at" TIMESTAMPTZ(3),

    CONSTRAINT "node_invite_pkey" PRIMARY KEY ("id")
);
CREATE UNIQUE INDEX "node_invite_locator_key" ON "node_invite"("locator");
CREATE INDEX "node_invite_node_id_created_at_idx" ON "node_invite"("node_id", "created_at");
ALTER TABLE "node_invite" ADD CONSTRAINT "node_invite_node_id_fkey"
  FOREIGN KEY ("node_id") REFERENCES "node"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
-- One open invite for a node at a time.
CREATE UNIQUE INDEX "node_invite_one_open" ON "node_invite"("node_id")
  WHERE "used_at" IS NULL AND "withdrawn_at" IS NULL;

CREATE TABLE "node_enrolment_attempt" (
    "id" UUID NOT NULL,
    "node_id" UUID NOT NULL,
    "code" TEXT NOT NULL,
    "facts" JSONB NOT NULL DEFAULT '{}',
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "node_enrolment_attempt_pkey" PRIMARY KEY ("id")
);
CREATE INDEX "node_enrolment_attempt_node_id_at_idx" ON "node_enrolment_attempt"("node_id", "at");

CREATE TABLE "node_certificate" (
    "serial" TEXT NOT NULL,
    "node_id" UUID NOT NULL,
    "fingerprint" TEXT NOT NULL,
    "not_before" TIMESTAMPTZ(3) NOT NULL,
    "not_after" TIMESTAMPTZ(3) NOT NULL,
    "spki_sha256" BYTEA NOT NULL,
    "key_since" TIMESTAMPTZ(3) NOT NULL,
    "pem" TEXT NOT NULL,
    "revoked_at" TIMESTAMPTZ(3),
    "reason" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "node_certificate_pkey" PRIMARY KEY ("serial")
);
CREATE UNIQUE INDEX "node_certificate_fingerprint_key" ON "node_certificate"("fingerprint");
CREATE INDEX "node_certificate_node_id_not_after_idx" ON "node_certificate"("node_id", "not_after");
ALTER TABLE "node_certificate" ADD CONSTRAINT "node_certificate_node_id_fkey"
  FOREIGN KEY ("node_id") REFERENCES "node"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

CREATE TABLE "node_transition" (
    "id" UUID NOT NULL,
    "node_id" UUID NOT NULL,
    "from" "node_state",
    "to" "node_state" NOT NULL,
    "by_id" UUID,
    "reason_id" UUID,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "node_transition_pkey" PRIMARY KEY ("id")
);
CREATE INDEX "node_transition_node_id_at_idx" ON "node_transition"("node_id", "at");
ALTER TABLE "node_transition" ADD CONSTRAINT "node_transition_node_id_fkey"
  FOREIGN KEY ("node_id") REFERENCES "node"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

CREATE TYPE "node_admission_state" AS ENUM ('proposed', 'approved', 'rejected', 'withdrawn');
CREATE TABLE "node_admission" (
    "id" UUID NOT NULL,
    "node_id" UUID NOT NULL,
    "organisation_id" UUID NOT NULL,
    "state" "node_admission_state" NOT NULL DEFAULT 'proposed',
    "from" "node_state" NOT NULL,
    "reason" TEXT NOT NULL,
    "proposed_by_id" UUID NOT NULL,
    "proposed_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "decided_by_id" UUID,
    "decided_at" TIMESTAMPTZ(3),
    "decision_reason" TEXT,

    CONSTRAINT "node_admission_pkey" PRIMARY KEY ("id")
);
CREATE INDEX "node_admission_organisation_id_state_proposed_at_idx" ON "node_admission"("organisation_id", "state", "proposed_at");
CREATE INDEX "node_admission_node_id_proposed_at_idx" ON "node_admission"("node_id", "proposed_at");
ALTER TABLE "node_admission" ADD CONSTRAINT "node_admission_node_id_fkey"
  FOREIGN KEY ("node_id") REFERENCES "node"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
-- One undecided admission of a node at a time, and nobody approves their own, whatever the console believes.
CREATE UNIQUE INDEX "node_admission_one_proposed" ON "node_admission"("node_id") WHERE "state" = 'proposed';
ALTER TABLE "node_admission" ADD CONSTRAINT "node_admission_two_people"
  CHECK ("state" <> 'approved' OR ("decided_by_id" IS NOT NULL AND "decided_by_id" <> "proposed_by_id"));

-- One row: where nodes dial and whose certificates count, for those who write invites and do not hold the keys.
CREATE TABLE "channel_authority" (
    "id" INTEGER NOT NULL DEFAULT 1,
    "url" TEXT NOT NULL,
    "ca_pem" TEXT NOT NULL,
    "ca_fingerprint" TEXT NOT NULL,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "channel_authority_pkey" PRIMARY KEY ("id"),
    CONSTRAINT "channel_authority_one" CHECK ("id" = 1)
);

-- One row: which keys nodes mask with. A revocation begins a new epoch.
CREATE TABLE "key_epoch" (
    "id" INTEGER NOT NULL DEFAULT 1,
    "epoch" INTEGER NOT NULL DEFAULT 1,
    "began_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "key_epoch_pkey" PRIMARY KEY ("id"),
    CONSTRAINT "key_epoch_one" CHECK ("id" = 1)
);
INSERT INTO "key_epoch" ("id") VALUES (1);
