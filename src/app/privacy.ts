import { join } from 'node:path';
import type { Config } from '../config.js';
import { createDiskFiles } from '../files/disk.js';
import { eraseMails } from '../mail/folder.js';
import { createPrivacy, type Privacy, type PrivacyParts } from '../ops/privacy.js';
import { createEmbeddedShop } from '../shops/embedded.js';
import { migrateShop, type ShopDb } from '../shops/tables.js';
import { createSqlPersonal } from '../stores/sql-personal.js';
import { createSqlRecords } from '../stores/sql-records.js';
import { deskOf } from './helpdesk-of.js';
import { machineClock } from './surroundings.js';
import { secretsOf } from './secrets.js';
import { commandStatementMs, openConversations, openRecordsDb, untold } from './stores.js';

/** Where evidence, labels and pictures lie. */
export const filesFolder = (config: Config): string => join(config.DATA_DIR, 'files');

/** The stores of conversations and records alone, for export and erasure beside a running service. */
export async function openPrivacy(config: Config): Promise<{ readonly privacy: Privacy; close(): Promise<void> }> {
  const recordsDb = openRecordsDb(config, untold, commandStatementMs);
  const records = await createSqlRecords(recordsDb.db, recordsDb.dialect);
  const shopDb = recordsDb.db as unknown as ShopDb;
  await migrateShop(shopDb);
  const { store, close } = await openConversations(config, machineClock, untold);
  const privacy = privacyOf(config, { recordsDb, records, store, reader: createEmbeddedShop({ db: shopDb, clock: machineClock }).reader, clock: machineClock });
  return {
    privacy,
    async close() {
      await close();
      await records.close();
      await recordsDb.close();
    },
  };
}

/** What takes away the copies at another helpdesk, if there is one: of conversations that were handed over to it. */
function elsewhere(config: Config, { deskTalks }: PrivacyParts['records']): Pick<PrivacyParts, 'forgetElsewhere'> {
  const desk = deskOf(config)?.desk;
  return desk === undefined ? {} : { forgetElsewhere: async (id) => ((await deskTalks.find(id)) === null ? undefined : desk.forget(id)) };
}

/** Export, erasure and retention over the stores that are open. */
export const privacyOf = (config: Config, { recordsDb: { db, dialect }, ...parts }: Pick<PrivacyParts, 'records' | 'store' | 'reader' | 'clock'> & { readonly recordsDb: ReturnType<typeof openRecordsDb> }): Privacy => createPrivacy({
  ...parts, personal: createSqlPersonal(db, dialect), files: createDiskFiles(filesFolder(config)), eraseMails: (addresses) => eraseMails(join(config.DATA_DIR, 'outbox'), addresses),
  ...elsewhere(config, parts.records), secret: config.TOKEN_SECRET?.reveal() ?? secretsOf(config).token,
});
