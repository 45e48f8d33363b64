-- When somebody last proved who they are, and with what: budgets change only shortly after.
ALTER TABLE "session" ADD COLUMN "proved_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  ADD COLUMN "second_factor" BOOLEAN NOT NULL DEFAULT false;
UPDATE "session" SET "proved_at" = "created_at";

CREATE TABLE "second_factor" (
    "user_id" UUID NOT NULL,
    "secret_ciphertext" BYTEA NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "confirmed_at" TIMESTAMPTZ(3),
    "last_step" BIGINT,

    CONSTRAINT "second_factor_pkey" PRIMARY KEY ("user_id")
);
ALTER TABLE "second_factor" ADD CONSTRAINT "second_factor_user_id_fkey"
  FOREIGN KEY ("user_id") REFERENCES "user"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

CREATE TABLE "recovery_code" (
    "id" UUID NOT NULL,
    "user_id" UUID NOT NULL,
    "code_hash" BYTEA NOT NULL,
    "used_at" TIMESTAMPTZ(3),

    CONSTRAINT "recovery_code_pkey" PRIMARY KEY ("id")
);
CREATE UNIQUE INDEX "recovery_code_code_hash_key" ON "recovery_code"("code_hash");
CREATE INDEX "recovery_code_user_id_idx" ON "recovery_code"("user_id");
ALTER TABLE "recovery_code" ADD CONSTRAINT "recovery_code_user_id_fkey"
  FOREIGN KEY ("user_id") REFERENCES "second_factor"("user_id") ON DELETE CASCADE ON UPDATE CASCADE;

-- A node signs the receipts of a batch with one signature.
ALTER TABLE "node_receipt" ADD COLUMN "batch_path" BYTEA NOT NULL DEFAULT '\x';

CREATE TYPE "budget_change_kind" AS ENUM ('open', 'cap', 'freeze', 'thaw');
CREATE TYPE "budget_change_state" AS ENUM ('proposed', 'approved', 'rejected', 'withdrawn');
CREATE TABLE "budget_change" (
    "id" UUID NOT NULL,
    "organisation_id" UUID NOT NULL,
    "kind" "budget_change_kind" NOT NULL,
    "state" "budget_change_state" NOT NULL DEFAULT 'proposed',
    "account_id" UUID,
    "holder_kind" "account_kind" NOT NULL,
    "owner_id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "period" TEXT NOT NULL,
    "from_rho_pico" BIGINT,
    "to_rho_pico" BIGINT,
    "delta" TEXT NOT NULL,
    "reason" TEXT NOT NULL,
    "proposed_by_id" UUID NOT NULL,
    "proposed_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "decided_by_id" UUID,
    "decided_at" TIMESTAMPTZ(3),
    "decision_reason" TEXT,

    CONSTRAINT "budget_change_pkey" PRIMARY KEY ("id")
);
CREATE INDEX "budget_change_organisation_id_state_proposed_at_idx" ON "budget_change"("organisation_id", "state", "proposed_at");
CREATE INDEX "budget_change_account_id_proposed_at_idx" ON "budget_change"("account_id", "proposed_at");
-- One undecided change for a holder and period at a time, and nobody approves their own, whatever the console believes.
CREATE UNIQUE INDEX "budget_change_one_proposed" ON "budget_change"("holder_kind", "owner_id", "period")
  WHERE "state" = 'proposed';
ALTER TABLE "budget_change" ADD CONSTRAINT "budget_change_two_people"
  CHECK ("state" <> 'approved' OR ("decided_by_id" IS NOT NULL AND "decided_by_id" <> "proposed_by_id"));
ALTER TABLE "budget_change" ADD CONSTRAINT "budget_change_shape" CHECK (
  (("kind" IN ('open', 'cap')) = ("to_rho_pico" IS NOT NULL))
  AND ("to_rho_pico" IS NULL OR "to_rho_pico" >= 0)
  AND ("kind" = 'open' OR "account_id" IS NOT NULL));

CREATE TYPE "budget_request_state" AS ENUM ('open', 'proposed', 'declined', 'withdrawn');
CREATE TABLE "budget_request" (
    "id" UUID NOT NULL,
    "organisation_id" UUID NOT NULL,
    "user_id" UUID NOT NULL,
    "account_id" UUID NOT NULL,
    "state" "budget_request_state" NOT NULL DEFAULT 'open',
    "wanted_rho_pico" BIGINT NOT NULL,
    "reason" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "handled_by_id" UUID,
    "handled_at" TIMESTAMPTZ(3),
    "answer" TEXT,
    "change_id" UUID,

    CONSTRAINT "budget_request_pkey" PRIMARY KEY ("id")
);
CREATE INDEX "budget_request_organisation_id_state_created_at_idx" ON "budget_request"("organisation_id", "state", "created_at");
CREATE INDEX "budget_request_user_id_created_at_idx" ON "budget_request"("user_id", "created_at");

CREATE TYPE "alert_severity" AS ENUM ('critical', 'warning', 'info');
CREATE TABLE "alert" (
    "id" UUID NOT NULL,
    "severity" "alert_severity" NOT NULL,
    "code" TEXT NOT NULL,
    "subject_id" UUID NOT NULL,
    "organisation_id" UUID,
    "facts" JSONB NOT NULL DEFAULT '{}',
    "raised_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "seen_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "cleared_at" TIMESTAMPTZ(3),

    CONSTRAINT "alert_pkey" PRIMARY KEY ("id")
);
CREATE INDEX "alert_organisation_id_cleared_at_idx" ON "alert"("organisation_id", "cleared_at");
-- One firing alert for a thing at a time, however many processes see it.
CREATE UNIQUE INDEX "alert_one_firing" ON "alert"("code", "subject_id") WHERE "cleared_at" IS NULL;

CREATE TABLE "audit_cosignature" (
    "tree_size" BIGINT NOT NULL,
    "node_id" UUID NOT NULL,
    "timestamp_s" BIGINT NOT NULL,
    "line" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "audit_cosignature_pkey" PRIMARY KEY ("tree_size","node_id")
);
CREATE INDEX "audit_cosignature_node_id_tree_size_idx" ON "audit_cosignature"("node_id", "tree_size");

CREATE TABLE "audit_row" (
    "index" BIGINT NOT NULL,
    "leaf_hash" BYTEA NOT NULL,
    "type" TEXT NOT NULL,
    "actor" UUID,
    "subject_id" UUID,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "audit_row_pkey" PRIMARY KEY ("index")
);
CREATE INDEX "audit_row_type_index_idx" ON "audit_row"("type", "index");
CREATE INDEX "audit_row_actor_index_idx" ON "audit_row"("actor", "index");
CREATE INDEX "audit_row_subject_id_index_idx" ON "audit_row"("subject_id", "index");
CREATE INDEX "audit_row_at_idx" ON "audit_row"("at");

CREATE TABLE "audit_row_account" (
    "account_id" UUID NOT NULL,
    "index" BIGINT NOT NULL,

    CONSTRAINT "audit_row_account_pkey" PRIMARY KEY ("account_id","index")
);

CREATE TABLE "audit_row_organisation" (
    "organisation_id" UUID NOT NULL,
    "index" BIGINT NOT NULL,

    CONSTRAINT "audit_row_organisation_pkey" PRIMARY KEY ("organisation_id","index")
);
