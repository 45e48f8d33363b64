import { useLocale, useTranslations } from 'next-intl';
import type { AuditEvent } from '#lib/audit-log/events';
import type { Names } from '#lib/audit-rows/names-in';
import { formatRhoShort, shorten } from '#lib/i18n/quantities';
import { formatRho } from '#lib/privacy/pico-rho';
import { useAlertWords } from '../alerts/use-alert-words.ts';
import { capText } from './cap-text.ts';
import { readLeaf } from './read-leaf.ts';

type Leaf = { type: string; entry: string };
type Movement = { accountId: string; rhoPico: string };

/** What an entry says happened, in one sentence, made in the browser from the entry's own text. */
export function useLeafSentence(): (leaf: Leaf, names: Names) => string {
  const t = useTranslations('audit.sentences');
  const valuesOf = useValues();
  return ({ type, entry }, names) => {
    const event = readLeaf(entry);
    try {
      if (event) return t(event.type, valuesOf(event, names));
    } catch {
      // An entry that lacks what its kind has is not one of ours: the proof will say the same.
    }
    return t('unknown', { type });
  };
}

/** Every kind's own values for its sentence. */
function useValues() {
  const locale = useLocale();
  const roles = useTranslations('roles');
  const states = useTranslations('nodes.states');
  const formats = useTranslations('audit.export.formats');
  const alerts = useAlertWords();
  const rho = (pico: string | null) =>
    pico === null ? '–' : formatRhoShort(formatRho(BigInt(pico)), locale);

  return (event: AuditEvent, names: Names): Record<string, string | number> => {
    const name = (id: string | null) => (id === null ? '–' : (names[id]?.name ?? shorten(id, 8, 4)));
    switch (event.type) {
      case 'ledger.reserve':
      case 'ledger.release':
      case 'ledger.adjust':
        return moved(event.accounts, rho);
      case 'ledger.settle':
        return {
          ...moved(event.accounts, rho),
          outcome: event.outcome,
          free: event.accounts.every(({ rhoPico }) => rhoPico === '0') ? 'yes' : 'no',
        };
      case 'ledger.restored':
        return { epoch: event.epoch, receipts: event.receiptsAdded, frozen: event.frozen.length };
      case 'account.open':
        return { account: name(event.accountId), cap: capText(event.capRhoPico, event.delta, locale) };
      case 'account.frozen':
        return { account: name(event.accountId) };
      case 'budget.change_proposed':
        return {
          change: event.change,
          account: name(event.accountId),
          // Entries of the first days did not say for whom.
          holderKind: event.holderKind ?? 'user',
          holder: name(event.ownerId ?? null),
          period: event.period ?? '–',
          from: capText(event.fromRhoPico, event.delta ?? null, locale),
          to: capText(event.toRhoPico, event.delta ?? null, locale),
        };
      case 'budget.change_approved':
        return {
          change: event.change,
          account: name(event.accountId),
          from: capText(event.before?.capRhoPico ?? null, event.before?.delta ?? null, locale),
          to: capText(event.after.capRhoPico, event.after.delta, locale),
        };
      case 'budget.change_dropped':
      case 'budget.request_closed':
        return { outcome: event.outcome };
      case 'budget.requested':
        return { rho: rho(event.wantedRhoPico), account: name(event.accountId) };
      case 'member.invited':
        return {
          who: name(event.invitationId),
          role: roles(event.role),
          again: event.replaces === null ? 'no' : 'yes',
        };
      case 'member.invitation_withdrawn':
        return { who: name(event.invitationId) };
      case 'member.joined':
        return { who: name(event.member), role: roles(event.role) };
      case 'member.changed':
        return {
          change: event.change,
          who: name(event.member),
          ended: event.sessionsEnded,
          revoked: event.keysRevoked,
        };
      case 'session.opened':
      case 'session.proved':
        return { factors: event.factors };
      case 'session.held_back':
      case 'session.closed':
        return {};
      case 'session.ended':
        return { count: event.sessions };
      case 'second_factor.changed':
        return { change: event.change, who: name(event.member) };
      case 'second_factor.held_back':
        return { who: name(event.member), ended: event.ended ? 'yes' : 'no' };
      case 'api_key.created':
        return { key: name(event.apiKeyId) };
      case 'api_key.revoked':
        return { key: name(event.apiKeyId), who: name(event.member) };
      case 'purpose.changed':
        return {
          hospital: name(event.hospitalId),
          purpose: event.purpose,
          answers: event.answers ? 'yes' : 'no',
        };
      case 'node.invited':
        return { node: name(event.nodeId), again: event.again ? 'yes' : 'no' };
      case 'node.invite_withdrawn':
      case 'node.pinned':
      case 'node.rekey_ordered':
        return { node: name(event.nodeId) };
      case 'node.refused_round':
        return { node: name(event.nodeId), code: event.code };
      case 'node.refused':
        return {
          node: event.nodeId === null ? '' : name(event.nodeId),
          known: event.nodeId === null ? 'no' : 'yes',
          where: event.where,
          code: event.code,
          count: event.count,
        };
      case 'node.certificate_issued':
        return { node: name(event.nodeId), serial: event.serial };
      case 'node.certificates_revoked':
        return { node: name(event.nodeId), count: event.serials.length };
      case 'node.admission_proposed':
        return { node: name(event.nodeId), from: states(event.from) };
      case 'node.admission_closed':
        return { node: name(event.nodeId), outcome: event.outcome };
      case 'node.key_epoch':
        return { node: name(event.nodeId), epoch: event.epoch };
      case 'node.transition':
        return {
          node: name(event.nodeId),
          from: event.from === null ? 'none' : states(event.from),
          to: states(event.to),
        };
      case 'log.witness_refused':
        return {
          node: name(event.nodeId),
          code: event.code,
          seen: event.seenSize,
          offered: event.offeredSize,
        };
      case 'alert.raised':
      case 'alert.cleared':
        return { title: alerts.title(event.code) };
      case 'rights.step':
        return { step: event.step };
      case 'request.exported':
      case 'member.exported':
        return { count: event.count };
      case 'account.exported':
        return { count: event.count, account: name(event.accountId) };
      case 'audit.exported':
        return { count: event.count, format: formats(`${event.format}.title`) };
    }
  };
}

/** The most that an account was moved by, and whether all were by the same. */
function moved(accounts: readonly Movement[], rho: (pico: string) => string) {
  const most = accounts.reduce((max, { rhoPico }) => (BigInt(rhoPico) > max ? BigInt(rhoPico) : max), 0n);
  const same = accounts.every(({ rhoPico }) => BigInt(rhoPico) === most);
  return { rho: rho(String(most)), count: accounts.length, same: same ? 'yes' : 'no' };
}
