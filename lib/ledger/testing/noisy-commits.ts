import type { Pool } from '#lib/db/pool';

/** What marks a row so that the COMMIT of the transaction that writes it comes with a warning. */
export const NOISY = 'noisy';

/**
 * Makes COMMIT speak, as a cancelled wait for a standby does: a deferred trigger runs while the transaction commits. Fires
 * for requests that are asked for the purpose, settled with the stage, or released with the code `noisy`.
 */
export async function installNoise(pool: Pool): Promise<void> {
  await pool.query(`
    CREATE FUNCTION speak() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN RAISE WARNING 'not replicated'; RETURN NULL; END $$;
    CREATE CONSTRAINT TRIGGER noisy_ask AFTER INSERT ON request DEFERRABLE INITIALLY DEFERRED
      FOR EACH ROW WHEN (NEW.purpose = '${NOISY}') EXECUTE FUNCTION speak();
    CREATE CONSTRAINT TRIGGER noisy_settle AFTER UPDATE OF stages_ms ON request DEFERRABLE INITIALLY DEFERRED
      FOR EACH ROW WHEN (NEW.stages_ms ? '${NOISY}') EXECUTE FUNCTION speak();
    CREATE CONSTRAINT TRIGGER noisy_release AFTER UPDATE OF error_code ON request DEFERRABLE INITIALLY DEFERRED
      FOR EACH ROW WHEN (NEW.error_code = '${NOISY}') EXECUTE FUNCTION speak();`);
}
