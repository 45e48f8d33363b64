/** Where the data centres of a region are, in degrees, and what the region is called. */
export type Region = { code: string; name: string; longitude: number; latitude: number };

/** The regions that a hospital can be in; codes as the large providers write them, places to the nearest city. */
export const REGIONS: readonly Region[] = [
  { code: 'us-east-1', name: 'Northern Virginia', longitude: -77.5, latitude: 39.0 },
  { code: 'us-east-2', name: 'Ohio', longitude: -83.0, latitude: 40.0 },
  { code: 'us-west-1', name: 'Northern California', longitude: -121.9, latitude: 37.4 },
  { code: 'us-west-2', name: 'Oregon', longitude: -119.7, latitude: 45.8 },
  { code: 'ca-central-1', name: 'Montreal', longitude: -73.6, latitude: 45.5 },
  { code: 'sa-east-1', name: 'São Paulo', longitude: -46.6, latitude: -23.5 },
  { code: 'eu-west-1', name: 'Ireland', longitude: -6.3, latitude: 53.3 },
  { code: 'eu-west-2', name: 'London', longitude: -0.1, latitude: 51.5 },
  { code: 'eu-west-3', name: 'Paris', longitude: 2.35, latitude: 48.9 },
  { code: 'eu-central-1', name: 'Frankfurt', longitude: 8.7, latitude: 50.1 },
  { code: 'eu-central-2', name: 'Zurich', longitude: 8.5, latitude: 47.4 },
  { code: 'eu-north-1', name: 'Stockholm', longitude: 18.1, latitude: 59.3 },
  { code: 'eu-south-1', name: 'Milan', longitude: 9.2, latitude: 45.5 },
  { code: 'eu-south-2', name: 'Zaragoza', longitude: -0.9, latitude: 41.6 },
  { code: 'af-south-1', name: 'Cape Town', longitude: 18.4, latitude: -33.9 },
  { code: 'me-south-1', name: 'Bahrain', longitude: 50.6, latitude: 26.1 },
  { code: 'me-central-1', name: 'Dubai', longitude: 55.3, latitude: 25.2 },
  { code: 'ap-south-1', name: 'Mumbai', longitude: 72.9, latitude: 19.1 },
  { code: 'ap-southeast-1', name: 'Singapore', longitude: 103.8, latitude: 1.35 },
  { code: 'ap-southeast-2', name: 'Sydney', longitude: 151.2, latitude: -33.9 },
  { code: 'ap-southeast-3', name: 'Jakarta', longitude: 106.8, latitude: -6.2 },
  { code: 'ap-northeast-1', name: 'Tokyo', longitude: 139.7, latitude: 35.7 },
  { code: 'ap-northeast-2', name: 'Seoul', longitude: 127.0, latitude: 37.6 },
  { code: 'ap-east-1', name: 'Hong Kong', longitude: 114.2, latitude: 22.3 },
];

export function regionOf(code: string): Region | undefined {
  return REGIONS.find((region) => region.code === code);
}
