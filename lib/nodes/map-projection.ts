/** The map's frame, in its own units: the world from the Arctic to Cape Horn. Antarctica is cut off. */
export const FRAME = { width: 1000, height: 450, scale: 182, centreX: 500, centreY: 262 } as const;

const RADIANS = Math.PI / 180;

/**
 * Where a place lies on the map, as shares of its width and height: the Natural Earth projection, by the polynomial of
 * Savric, Jenny, Patterson, Petrovic and Hurni (2011). The land was drawn by the same one (scripts/draw-world.ts).
 */
export function project(longitude: number, latitude: number): { x: number; y: number } {
  const lambda = longitude * RADIANS;
  const phi = latitude * RADIANS;
  const phi2 = phi * phi;
  const phi4 = phi2 * phi2;
  const x =
    lambda * (0.8707 - 0.131979 * phi2 + phi4 * (-0.013791 + phi4 * (0.003971 * phi2 - 0.001529 * phi4)));
  const y = phi * (1.007226 + phi2 * (0.015085 + phi4 * (-0.044475 + 0.028874 * phi2 - 0.005916 * phi4)));
  return {
    x: (FRAME.centreX + FRAME.scale * x) / FRAME.width,
    y: (FRAME.centreY - FRAME.scale * y) / FRAME.height,
  };
}
