import { isWhole, type ReconcileReport } from '#lib/ledger/reconcile/report';
import { formatRho } from '#lib/privacy/pico-rho';
import { textTable } from './text-table.ts';

/** The report for a script: rho as exact decimal strings. */
export function asJson(report: ReconcileReport) {
  return {
    whole: isWhole(report),
    dry_run: report.dryRun,
    epoch: report.epoch,
    receipts_added: report.receiptsAdded,
    reservations_charged: report.reservationsCharged,
    requests_charged: report.requestsCharged,
    requests_unknown: report.requestsUnknown,
    nodes: report.nodes.map(({ nodeId, name, file, added, lastSeq, brokenAtSeq }) => ({
      id: nodeId,
      name,
      file,
      added,
      last_receipt: lastSeq,
      broken_at: brokenAtSeq,
    })),
    accounts: report.accounts.map((account) => ({
      id: account.accountId,
      kind: account.kind,
      name: account.name,
      period: account.period,
      charged_rho: formatRho(account.chargedRhoPico),
      spent_rho: formatRho(account.spentRhoPico),
      cap_rho: formatRho(account.capRhoPico),
    })),
    over_cap: report.overCap.map(({ accountId, requestId, rhoPico }) => ({
      account_id: accountId,
      request_id: requestId,
      rho: formatRho(rhoPico),
    })),
    without_account: report.homeless.map(({ datasetId, requestId, rhoPico }) => ({
      dataset_id: datasetId,
      request_id: requestId,
      rho: formatRho(rhoPico),
    })),
    frozen: report.frozen,
  };
}

/** The same for a person. */
export function asText(report: ReconcileReport): string {
  const { epoch, dryRun } = report;
  return [
    ...(dryRun ? ['A dry run: nothing was changed.', ''] : []),
    textTable([['node', 'receipts added', 'last', ''], ...report.nodes.map(nodeLine)]),
    '',
    ...(report.accounts.length > 0
      ? [
          textTable([
            ['account', 'kind', 'period', 'rho charged', 'rho spent', 'rho cap'],
            ...report.accounts.map((account) => [
              account.name,
              account.kind,
              account.period,
              formatRho(account.chargedRhoPico),
              formatRho(account.spentRhoPico),
              formatRho(account.capRhoPico),
            ]),
          ]),
          '',
        ]
      : []),
    `Epoch ${epoch.from} -> ${epoch.to}. Receipts added: ${report.receiptsAdded}. Requests charged: ${report.requestsCharged}. Reservations charged in full: ${report.reservationsCharged}.`,
    ...caveats(report),
    ...(report.nodes.some(({ file }) => file !== null) ? [END_UNPROVEN] : []),
    isWhole(report)
      ? 'The ledger bears all that these receipts prove.'
      : 'The ledger does NOT bear all that was let go, or cannot show it: see above.',
  ].join('\n');
}

const END_UNPROVEN =
  "That a spend log was not cut after its last line cannot be seen in it: each node's own count shows it when the node connects.";

function nodeLine({ name, file, added, lastSeq, brokenAtSeq }: ReconcileReport['nodes'][number]): string[] {
  const state =
    brokenAtSeq !== null
      ? `broken at receipt ${brokenAtSeq}`
      : file === null
        ? 'no log given: asked when it connects'
        : 'whole up to there';
  return [name, String(added), String(lastSeq), state];
}

/** What cannot be known, or needs a person. */
function caveats({ requestsUnknown, frozen, overCap, homeless }: ReconcileReport): string[] {
  return [
    ...(requestsUnknown > 0
      ? [
          `The ledger knows nothing else of ${requestsUnknown} of these requests: who asked them cannot be known, so no user's, department's or organisation's account was charged for them. The datasets were, in every period they may have run in.`,
        ]
      : []),
    ...(overCap.length > 0
      ? [
          `${overCap.length} charges do not fit the cap of their account: it was filled up to its cap and frozen. What was let go is more than the cap allows.`,
        ]
      : []),
    ...(homeless.length > 0
      ? [`${homeless.length} charges have no account: their dataset has none open in these periods.`]
      : []),
    ...(frozen.length > 0
      ? [`Frozen accounts: ${frozen.length}. Thawing one takes two people, in the console.`]
      : []),
  ];
}
