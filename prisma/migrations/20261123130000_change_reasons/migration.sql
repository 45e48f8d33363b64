-- CreateTable
CREATE TABLE "change_reason" (
    "id" UUID NOT NULL,
    "organisation_id" UUID NOT NULL,
    "type" TEXT NOT NULL,
    "subject_id" UUID NOT NULL,
    "by_user_id" UUID NOT NULL,
    "reason" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "change_reason_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "change_reason_organisation_id_subject_id_created_at_idx" ON "change_reason"("organisation_id", "subject_id", "created_at");

-- One open invitation for an address: of two people who invite at once, one is told.
CREATE UNIQUE INDEX "invitation_open" ON "invitation"("organisation_id", "email")
  WHERE "accepted_at" IS NULL AND "withdrawn_at" IS NULL;
