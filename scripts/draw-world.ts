import { readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { type GeoProjection, geoNaturalEarth1, geoPath } from 'd3-geo';
import { feature } from 'topojson-client';
import type { Topology } from 'topojson-specification';
import { FRAME } from '#lib/nodes/map-projection';

/**
 * Draws components/nodes/world-land.svg, the land behind the markers of the Nodes page: Natural Earth's 1:110m land
 * (public domain), as packed by world-atlas. Run by hand: `node scripts/draw-world.ts`.
 */
const topology = JSON.parse(
  readFileSync(createRequire(import.meta.url).resolve('world-atlas/land-110m.json'), 'utf8'),
) as Topology;
const projection: GeoProjection = geoNaturalEarth1()
  .scale(FRAME.scale)
  .translate([FRAME.centreX, FRAME.centreY]);
const drawn = geoPath(projection)(feature(topology, topology.objects.land!)) ?? '';

/** Whole units of a 1000-unit frame, each point relative to the one before: a fifth of the length. */
function compact(ring: string): string {
  const points = ring
    .split('L')
    .map((pair) => pair.split(',').map((value) => Math.round(Number(value))) as [number, number])
    .filter(([x, y], i, all) => i === 0 || x !== all[i - 1]![0] || y !== all[i - 1]![1]);
  // Islands of a speck, and Antarctica, which no hospital is in.
  if (points.length < 4 || points.every(([, y]) => y > FRAME.height)) return '';
  const [first, ...rest] = points;
  let [x, y] = first!;
  const steps = rest.map(([toX, toY]) => {
    const step = `${toX - x}${toY - y < 0 ? '' : ' '}${toY - y}`;
    [x, y] = [toX, toY];
    return step;
  });
  return `M${first!.join(' ')}l${steps.reduce((line, step) => `${line}${line && !step.startsWith('-') ? ' ' : ''}${step}`, '')}z`;
}

const rings = [...drawn.matchAll(/M([^MZ]+)Z/g)].map((match) => compact(match[1]!));
writeFileSync(
  'components/nodes/world-land.svg',
  `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${FRAME.width} ${FRAME.height}"><title>Land of the Earth: Natural Earth 1:110m, public domain; drawn by scripts/draw-world.ts</title><path d="${rings.join('')}"/></svg>\n`,
);
