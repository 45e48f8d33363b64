-- AlterTable
ALTER TABLE "user" ADD COLUMN "hospital_id" UUID;

-- AlterTable
ALTER TABLE "api_key" ADD COLUMN "last_used_at" TIMESTAMPTZ(3);

-- AlterTable
ALTER TABLE "node" ADD COLUMN "data_size" INTEGER,
ADD COLUMN "compute_capacity" TEXT,
ADD COLUMN "compliance_level" TEXT;

-- CreateTable
CREATE TABLE "invitation" (
    "id" UUID NOT NULL,
    "organisation_id" UUID NOT NULL,
    "department_id" UUID NOT NULL,
    "hospital_id" UUID,
    "email" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "role" "role" NOT NULL,
    "token_sha256" BYTEA NOT NULL,
    "invited_by_id" UUID NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    "accepted_at" TIMESTAMPTZ(3),
    "withdrawn_at" TIMESTAMPTZ(3),

    CONSTRAINT "invitation_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "node_status" (
    "node_id" UUID NOT NULL,
    "replica" TEXT NOT NULL,
    "connected_since" TIMESTAMPTZ(3),
    "build" TEXT,
    "probed_at" TIMESTAMPTZ(3),
    "probe_ms" DOUBLE PRECISION,
    "queued" INTEGER,

    CONSTRAINT "node_status_pkey" PRIMARY KEY ("node_id")
);

-- CreateTable
CREATE TABLE "node_probe" (
    "node_id" UUID NOT NULL,
    "minute" TIMESTAMPTZ(0) NOT NULL,
    "probes" INTEGER NOT NULL,
    "lost" INTEGER NOT NULL,
    "median_ms" DOUBLE PRECISION,
    "slowest_ms" DOUBLE PRECISION,

    CONSTRAINT "node_probe_pkey" PRIMARY KEY ("node_id","minute")
);

-- CreateIndex
CREATE UNIQUE INDEX "invitation_token_sha256_key" ON "invitation"("token_sha256");

-- CreateIndex
CREATE INDEX "invitation_organisation_id_created_at_idx" ON "invitation"("organisation_id", "created_at");

-- AddForeignKey
ALTER TABLE "user" ADD CONSTRAINT "user_hospital_id_fkey" FOREIGN KEY ("hospital_id") REFERENCES "hospital"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "invitation" ADD CONSTRAINT "invitation_organisation_id_fkey" FOREIGN KEY ("organisation_id") REFERENCES "organisation"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "invitation" ADD CONSTRAINT "invitation_department_id_fkey" FOREIGN KEY ("department_id") REFERENCES "department"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "invitation" ADD CONSTRAINT "invitation_hospital_id_fkey" FOREIGN KEY ("hospital_id") REFERENCES "hospital"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "node_status" ADD CONSTRAINT "node_status_node_id_fkey" FOREIGN KEY ("node_id") REFERENCES "node"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "node_probe" ADD CONSTRAINT "node_probe_node_id_fkey" FOREIGN KEY ("node_id") REFERENCES "node"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- A node operator looks after one hospital, and nobody else is tied to one.
ALTER TABLE "user" ADD CONSTRAINT "user_hospital"
  CHECK (("role" = 'node_operator') = ("hospital_id" IS NOT NULL));
ALTER TABLE "invitation" ADD CONSTRAINT "invitation_hospital"
  CHECK (("role" = 'node_operator') = ("hospital_id" IS NOT NULL));
