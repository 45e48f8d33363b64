'use client';

import { Download, Plus } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { Button } from '../ui/button.tsx';
import { Checkbox } from '../ui/checkbox.tsx';
import { CopyButton } from '../ui/copy-button.tsx';
import { Menu } from '../ui/menu.tsx';
import { Panel } from '../ui/panel.tsx';
import { RadioCards } from '../ui/radio-cards.tsx';
import { Segments } from '../ui/segments.tsx';
import { Slider } from '../ui/slider.tsx';
import { Switch } from '../ui/switch.tsx';
import { Tabs } from '../ui/tabs.tsx';
import { Tooltip } from '../ui/tooltip.tsx';

/** Buttons and choices, each in its states. */
export function ControlSamples() {
  const t = useTranslations('design.controls');
  const [checked, setChecked] = useState(true);
  const [on, setOn] = useState(true);
  const [segment, setSegment] = useState<'one' | 'two'>('one');
  const [card, setCard] = useState<'one' | 'two'>('one');
  const [level, setLevel] = useState(40);
  const two = (['one', 'two'] as const).map((value) => ({ value, label: t(value) }));
  return (
    <div className="grid grid-cols-1 gap-6 lg:grid-cols-2">
      <Panel title={t('buttons')}>
        <div className="flex flex-wrap items-center gap-2">
          <Button variant="primary">{t('primary')}</Button>
          <Button>{t('secondary')}</Button>
          <Button variant="quiet">{t('quiet')}</Button>
          <Button variant="danger">{t('danger')}</Button>
          <Button disabled>{t('disabled')}</Button>
          <Button size="sm">
            <Plus aria-hidden />
            {t('small')}
          </Button>
          <Tooltip text={t('tooltip')}>
            <Button variant="quiet" size="icon" aria-label={t('tooltip')}>
              <Download aria-hidden />
            </Button>
          </Tooltip>
          <CopyButton words value="sample" what={t('sample')} />
          <Menu words label={t('menu')} trigger={t('menu')}>
            {({ MenuItem }) => (
              <>
                <MenuItem onSelect={() => undefined}>{t('one')}</MenuItem>
                <MenuItem onSelect={() => undefined}>{t('two')}</MenuItem>
              </>
            )}
          </Menu>
        </div>
      </Panel>
      <Panel title={t('choices')}>
        <div className="flex flex-col gap-4">
          <Checkbox
            id="sample-check"
            label={t('check')}
            hint={t('hint')}
            checked={checked}
            onChange={setChecked}
          />
          <Checkbox
            id="sample-partly"
            partly
            label={t('partly')}
            checked={false}
            onChange={() => undefined}
          />
          <Checkbox
            id="sample-off"
            disabled
            label={t('disabled')}
            checked={false}
            onChange={() => undefined}
          />
          <Switch id="sample-switch" label={t('switch')} hint={t('hint')} checked={on} onChange={setOn} />
          <Segments label={t('segments')} value={segment} onChange={setSegment} options={two} />
          <Slider
            label={t('slider')}
            value={level}
            min={0}
            max={100}
            step={5}
            onChange={setLevel}
            describe={(value) => `${value}`}
          />
        </div>
      </Panel>
      <Panel title={t('cards')}>
        <RadioCards
          label={t('cards')}
          value={card}
          onChange={setCard}
          options={two.map((option) => ({ ...option, hint: t('hint') }))}
        />
      </Panel>
      <Panel title={t('tabs')}>
        <Tabs label={t('tabs')} tabs={two.map((option) => ({ ...option, panel: <p>{t('hint')}</p> }))} />
      </Panel>
    </div>
  );
}
