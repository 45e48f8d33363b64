import { geoNaturalEarth1 } from 'd3-geo';
import { describe, expect, it } from 'vitest';
import { FRAME, project } from './map-projection.ts';
import { REGIONS, regionOf } from './regions.ts';

describe('the map', () => {
  it('puts a place where the land was drawn', () => {
    const drawn = geoNaturalEarth1().scale(FRAME.scale).translate([FRAME.centreX, FRAME.centreY]);
    for (const { longitude, latitude } of REGIONS) {
      const [x, y] = drawn([longitude, latitude])!;
      const place = project(longitude, latitude);
      expect(place.x * FRAME.width).toBeCloseTo(x, 6);
      expect(place.y * FRAME.height).toBeCloseTo(y, 6);
    }
  });

  it('has every region inside its frame, once', () => {
    for (const { longitude, latitude } of REGIONS) {
      const { x, y } = project(longitude, latitude);
      expect(Math.min(x, y)).toBeGreaterThan(0);
      expect(Math.max(x, y)).toBeLessThan(1);
    }
    expect(new Set(REGIONS.map((region) => region.code)).size).toBe(REGIONS.length);
  });

  it('knows the regions by their codes, and no others', () => {
    expect(regionOf('ap-southeast-1')?.name).toBe('Singapore');
    expect(regionOf('moon-1')).toBeUndefined();
  });
});
