-- CreateEnum
CREATE TYPE "role" AS ENUM ('admin', 'dpo', 'compliance_officer', 'auditor', 'clinician', 'node_operator');

-- CreateEnum
CREATE TYPE "node_state" AS ENUM ('invited', 'pending', 'certified', 'admitted', 'draining', 'suspended', 'revoked');

-- CreateEnum
CREATE TYPE "account_kind" AS ENUM ('dataset', 'user', 'department', 'organisation');

-- CreateEnum
CREATE TYPE "account_state" AS ENUM ('open', 'frozen', 'closed');

-- CreateEnum
CREATE TYPE "entry_kind" AS ENUM ('reserve', 'settle', 'release', 'adjust');

-- CreateEnum
CREATE TYPE "request_state" AS ENUM ('reserved', 'answered', 'failed', 'refused');

-- CreateTable
CREATE TABLE "organisation" (
    "id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "region" TEXT NOT NULL,
    "max_request_epsilon" DECIMAL(10,6) NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "organisation_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "department" (
    "id" UUID NOT NULL,
    "organisation_id" UUID NOT NULL,
    "name" TEXT NOT NULL,

    CONSTRAINT "department_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "user" (
    "id" UUID NOT NULL,
    "organisation_id" UUID NOT NULL,
    "department_id" UUID NOT NULL,
    "email" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "role" "role" NOT NULL,
    "password_hash" TEXT NOT NULL,
    "pseudonym" UUID NOT NULL,
    "disabled_at" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "user_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "session" (
    "id" UUID NOT NULL,
    "user_id" UUID NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    "revoked_at" TIMESTAMPTZ(3),

    CONSTRAINT "session_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "sign_in_attempt" (
    "id" UUID NOT NULL,
    "subject" TEXT NOT NULL,
    "succeeded" BOOLEAN NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "sign_in_attempt_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "api_key" (
    "id" UUID NOT NULL,
    "organisation_id" UUID NOT NULL,
    "user_id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "prefix" TEXT NOT NULL,
    "sha256" BYTEA NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "expires_at" TIMESTAMPTZ(3),
    "revoked_at" TIMESTAMPTZ(3),

    CONSTRAINT "api_key_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "hospital" (
    "id" UUID NOT NULL,
    "organisation_id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "region" TEXT NOT NULL,
    "regime" TEXT NOT NULL,

    CONSTRAINT "hospital_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "purpose" (
    "code" TEXT NOT NULL,
    "display" TEXT NOT NULL,
    "description" TEXT NOT NULL,
    "active" BOOLEAN NOT NULL DEFAULT true,

    CONSTRAINT "purpose_pkey" PRIMARY KEY ("code")
);

-- CreateTable
CREATE TABLE "hospital_purpose" (
    "hospital_id" UUID NOT NULL,
    "purpose_code" TEXT NOT NULL,

    CONSTRAINT "hospital_purpose_pkey" PRIMARY KEY ("hospital_id","purpose_code")
);

-- CreateTable
CREATE TABLE "residency_rule" (
    "hospital_id" UUID NOT NULL,
    "allowed_region" TEXT NOT NULL,

    CONSTRAINT "residency_rule_pkey" PRIMARY KEY ("hospital_id","allowed_region")
);

-- CreateTable
CREATE TABLE "node" (
    "id" UUID NOT NULL,
    "hospital_id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "state" "node_state" NOT NULL,
    "token_sha256" BYTEA NOT NULL,
    "identity_key" BYTEA,
    "shards" INTEGER NOT NULL,
    "lanes" INTEGER NOT NULL,
    "dataset_id" UUID NOT NULL,
    "last_connected_at" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "node_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "account" (
    "id" UUID NOT NULL,
    "kind" "account_kind" NOT NULL,
    "owner_id" UUID NOT NULL,
    "organisation_id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "period" TEXT NOT NULL,
    "cap_rho_pico" BIGINT NOT NULL,
    "spent_rho_pico" BIGINT NOT NULL DEFAULT 0,
    "reserved_rho_pico" BIGINT NOT NULL DEFAULT 0,
    "delta" TEXT NOT NULL,
    "state" "account_state" NOT NULL DEFAULT 'open',
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "account_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "ledger_entry" (
    "id" UUID NOT NULL,
    "request_id" UUID NOT NULL,
    "account_id" UUID NOT NULL,
    "kind" "entry_kind" NOT NULL,
    "spent_delta_pico" BIGINT NOT NULL,
    "reserved_delta_pico" BIGINT NOT NULL,
    "mechanism" TEXT NOT NULL,
    "parameters" JSONB NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "ledger_entry_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "request" (
    "id" UUID NOT NULL,
    "organisation_id" UUID NOT NULL,
    "department_id" UUID NOT NULL,
    "user_id" UUID NOT NULL,
    "api_key_id" UUID,
    "state" "request_state" NOT NULL,
    "route" TEXT NOT NULL,
    "mechanism" TEXT NOT NULL,
    "mode" TEXT NOT NULL,
    "model" TEXT NOT NULL,
    "purpose" TEXT NOT NULL,
    "body_hash" BYTEA NOT NULL,
    "epsilon" DECIMAL(10,6),
    "delta" TEXT,
    "rho_pico" BIGINT NOT NULL,
    "charged_rho_pico" BIGINT NOT NULL DEFAULT 0,
    "nodes" INTEGER NOT NULL,
    "shards" INTEGER NOT NULL,
    "label_count" INTEGER NOT NULL,
    "parameters" JSONB NOT NULL,
    "replica" TEXT NOT NULL,
    "error_code" TEXT,
    "error_message" TEXT,
    "replays" INTEGER NOT NULL DEFAULT 0,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "reserved_until" TIMESTAMPTZ(3),
    "settled_at" TIMESTAMPTZ(3),
    "stages_ms" JSONB NOT NULL DEFAULT '{}',
    "answer_ciphertext" BYTEA,
    "answer_expires_at" TIMESTAMPTZ(3),

    CONSTRAINT "request_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "node_receipt" (
    "node_id" UUID NOT NULL,
    "seq" BIGINT NOT NULL,
    "request_id" UUID NOT NULL,
    "ledger_epoch" INTEGER NOT NULL,
    "header_hash" BYTEA NOT NULL,
    "rho_pico" BIGINT NOT NULL,
    "running_total_pico" BIGINT NOT NULL,
    "prev_hash" BYTEA NOT NULL,
    "signature" BYTEA NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "node_receipt_pkey" PRIMARY KEY ("node_id","seq")
);

-- CreateTable
CREATE TABLE "ledger_state" (
    "id" INTEGER NOT NULL DEFAULT 1,
    "epoch" INTEGER NOT NULL DEFAULT 1,
    "federation_id" UUID NOT NULL,

    CONSTRAINT "ledger_state_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "audit_leaf" (
    "id" UUID NOT NULL,
    "leaf_hash" BYTEA NOT NULL,
    "entry" BYTEA NOT NULL,
    "type" TEXT NOT NULL,
    "subject_id" UUID,
    "index" BIGINT,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "audit_leaf_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "audit_node" (
    "level" INTEGER NOT NULL,
    "index" BIGINT NOT NULL,
    "hash" BYTEA NOT NULL,

    CONSTRAINT "audit_node_pkey" PRIMARY KEY ("level","index")
);

-- CreateTable
CREATE TABLE "audit_checkpoint" (
    "tree_size" BIGINT NOT NULL,
    "root_hash" BYTEA NOT NULL,
    "note" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "audit_checkpoint_pkey" PRIMARY KEY ("tree_size")
);

-- CreateIndex
CREATE UNIQUE INDEX "department_organisation_id_name_key" ON "department"("organisation_id", "name");

-- CreateIndex
CREATE UNIQUE INDEX "user_email_key" ON "user"("email");

-- CreateIndex
CREATE INDEX "user_organisation_id_idx" ON "user"("organisation_id");

-- CreateIndex
CREATE INDEX "session_user_id_idx" ON "session"("user_id");

-- CreateIndex
CREATE INDEX "sign_in_attempt_subject_created_at_idx" ON "sign_in_attempt"("subject", "created_at");

-- CreateIndex
CREATE UNIQUE INDEX "api_key_sha256_key" ON "api_key"("sha256");

-- CreateIndex
CREATE INDEX "api_key_organisation_id_idx" ON "api_key"("organisation_id");

-- CreateIndex
CREATE INDEX "account_organisation_id_idx" ON "account"("organisation_id");

-- CreateIndex
CREATE UNIQUE INDEX "account_kind_owner_id_period_key" ON "account"("kind", "owner_id", "period");

-- CreateIndex
CREATE INDEX "ledger_entry_account_id_created_at_id_idx" ON "ledger_entry"("account_id", "created_at", "id");

-- CreateIndex
CREATE INDEX "ledger_entry_request_id_idx" ON "ledger_entry"("request_id");

-- CreateIndex
CREATE INDEX "request_organisation_id_created_at_id_idx" ON "request"("organisation_id", "created_at", "id");

-- CreateIndex
CREATE INDEX "request_user_id_created_at_id_idx" ON "request"("user_id", "created_at", "id");

-- CreateIndex
CREATE INDEX "request_state_reserved_until_idx" ON "request"("state", "reserved_until");

-- CreateIndex
CREATE INDEX "node_receipt_request_id_idx" ON "node_receipt"("request_id");

-- CreateIndex
CREATE UNIQUE INDEX "audit_leaf_leaf_hash_key" ON "audit_leaf"("leaf_hash");

-- CreateIndex
CREATE UNIQUE INDEX "audit_leaf_index_key" ON "audit_leaf"("index");

-- CreateIndex
CREATE INDEX "audit_leaf_subject_id_idx" ON "audit_leaf"("subject_id");

-- AddForeignKey
ALTER TABLE "department" ADD CONSTRAINT "department_organisation_id_fkey" FOREIGN KEY ("organisation_id") REFERENCES "organisation"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "user" ADD CONSTRAINT "user_organisation_id_fkey" FOREIGN KEY ("organisation_id") REFERENCES "organisation"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "user" ADD CONSTRAINT "user_department_id_fkey" FOREIGN KEY ("department_id") REFERENCES "department"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "session" ADD CONSTRAINT "session_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "user"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "api_key" ADD CONSTRAINT "api_key_organisation_id_fkey" FOREIGN KEY ("organisation_id") REFERENCES "organisation"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "api_key" ADD CONSTRAINT "api_key_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "user"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "hospital" ADD CONSTRAINT "hospital_organisation_id_fkey" FOREIGN KEY ("organisation_id") REFERENCES "organisation"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "hospital_purpose" ADD CONSTRAINT "hospital_purpose_hospital_id_fkey" FOREIGN KEY ("hospital_id") REFERENCES "hospital"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "hospital_purpose" ADD CONSTRAINT "hospital_purpose_purpose_code_fkey" FOREIGN KEY ("purpose_code") REFERENCES "purpose"("code") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "residency_rule" ADD CONSTRAINT "residency_rule_hospital_id_fkey" FOREIGN KEY ("hospital_id") REFERENCES "hospital"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "node" ADD CONSTRAINT "node_hospital_id_fkey" FOREIGN KEY ("hospital_id") REFERENCES "hospital"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- The table refuses overspend by itself, whatever the router believes.
ALTER TABLE "account" ADD CONSTRAINT "account_within_cap"
  CHECK ("cap_rho_pico" >= 0 AND "spent_rho_pico" >= 0 AND "reserved_rho_pico" >= 0
         AND "spent_rho_pico" + "reserved_rho_pico" <= "cap_rho_pico");
ALTER TABLE "request" ADD CONSTRAINT "request_charge"
  CHECK ("rho_pico" >= 0 AND "charged_rho_pico" >= 0 AND "charged_rho_pico" <= "rho_pico");
ALTER TABLE "ledger_entry" ADD CONSTRAINT "ledger_entry_shape" CHECK (
  ("kind" = 'reserve' AND "spent_delta_pico" = 0 AND "reserved_delta_pico" > 0)
  OR ("kind" = 'settle' AND "spent_delta_pico" > 0 AND "reserved_delta_pico" = -"spent_delta_pico")
  OR ("kind" = 'release' AND "spent_delta_pico" = 0 AND "reserved_delta_pico" < 0)
  OR ("kind" = 'adjust'));
ALTER TABLE "node_receipt" ADD CONSTRAINT "node_receipt_positive"
  CHECK ("seq" > 0 AND "rho_pico" > 0 AND "running_total_pico" >= "rho_pico");
ALTER TABLE "ledger_state" ADD CONSTRAINT "ledger_state_single" CHECK ("id" = 1);
