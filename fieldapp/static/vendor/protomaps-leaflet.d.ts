/** Types of the part of protomaps-leaflet 5 and of PMTiles 3 that the maps use. */

import type { GridLayer } from './leaflet.js';

export interface Bytes {
  data: ArrayBuffer;
  etag?: string;
}

export interface Source {
  getBytes(offset: number, length: number, signal?: AbortSignal, etag?: string): Promise<Bytes>;
  getKey(): string;
}

export interface Tiles {
  getZxy(z: number, x: number, y: number, signal?: AbortSignal): Promise<Bytes | undefined>;
}

export class PMTiles implements Tiles {
  constructor(source: Source);
  getZxy(z: number, x: number, y: number, signal?: AbortSignal): Promise<Bytes | undefined>;
}

export class EtagMismatch extends Error {}

export interface BasemapLayer extends GridLayer {
  backgroundColor: string;
}

export function leafletLayer(options: {
  url: Tiles;
  maxDataZoom: number;
  flavor: string;
  attribution: string;
  lang: string;
  devicePixelRatio: number;
}): BasemapLayer;

export function namedFlavor(name: string): { earth: string };
