import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { AlsoWaiting } from '#components/decisions/also-waiting';
import { ChangeFigures } from '#components/decisions/change-figures';
import { ChangeProperties } from '#components/decisions/change-properties';
import { ChangeReasons } from '#components/decisions/change-reasons';
import { ChangeTitle } from '#components/decisions/change-title';
import { ConsequenceText } from '#components/decisions/consequence-text';
import { DecideButtons } from '#components/decisions/decide-buttons';
import { TakeBack } from '#components/decisions/take-back';
import { CrumbName } from '#components/shell/crumb-name';
import { LivePage } from '#components/shell/live-mark';
import { PageFrame } from '#components/shell/page-frame';
import { Panel } from '#components/ui/panel';
import { Notice } from '#components/ui/state';
import { getChange } from '#lib/budgets/changes/get-change';
import { hasSecondFactor } from '#lib/identity/require-proved';
import { requireActor } from '../../../_server/actor.ts';
import { database } from '../../../_server/database.ts';
import { orNotFound } from '../../../_server/or-error-page.ts';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('decisions'))('detailTitle') };
}

type Props = { params: Promise<{ id: string }> };

// No loading file stands over this page: a response that has begun to stream could no longer say 404.
export default async function DecisionPage({ params }: Props) {
  const actor = await requireActor();
  const change = await orNotFound(getChange(database(), actor, (await params).id));
  const [t, twoFactors] = await Promise.all([
    getTranslations('decisions'),
    hasSecondFactor(database(), actor.userId),
  ]);
  const waits = change.state === 'proposed';
  return (
    <PageFrame
      title={<ChangeTitle change={change} />}
      question={t(waits ? 'detailQuestion' : 'detailQuestionPast')}
      actions={<LivePage kinds={['decision', 'account']} />}
      lead={
        change.toEpsilon === null ? null : (
          <p className="text-lg">
            <ChangeFigures change={change} />
          </p>
        )
      }
      aside={<ChangeProperties change={change} />}
    >
      <CrumbName id={change.id} name={change.name} />
      {change.isVoid ? (
        <Notice tone="danger" title={t('void')}>
          {t('voidText')}
        </Notice>
      ) : null}
      {change.consequence ? (
        <Panel title={t('consequence.title')}>
          <ConsequenceText
            consequence={change.consequence}
            holder={{ ...change, kind: change.holderKind }}
            patients={change.patients}
          />
        </Panel>
      ) : null}
      {waits && !change.consequence ? (
        <Notice tone="attention" title={t(`propose.means.${change.kind === 'thaw' ? 'thaw' : 'freeze'}`)} />
      ) : null}
      <AlsoWaiting changes={change.alsoWaiting} />
      <ChangeReasons change={change} />
      {change.isOwnToDecide ? (
        <Notice tone="info" title={t('ownProposal')}>
          {t('ownProposalText')}
        </Notice>
      ) : null}
      {waits && !change.mayDecide && !change.isOwnToDecide ? (
        <Notice tone="info" title={t('waitsFor')}>
          {t('waitsForText')}
        </Notice>
      ) : null}
      <div className="flex flex-wrap gap-2">
        {change.mayDecide ? <DecideButtons change={change} twoFactors={twoFactors} /> : null}
        {change.mayWithdraw ? <TakeBack what="changes" id={change.id} /> : null}
      </div>
    </PageFrame>
  );
}
