/** Types of the part of Leaflet 1.9 that the maps use. */

export type LatLngPair = [number, number];
export type Corners = [LatLngPair, LatLngPair];

export interface LatLng {
  lat: number;
  lng: number;
}

export interface LatLngBounds {
  contains(point: LatLngPair | LatLng): boolean;
  pad(ratio: number): LatLngBounds;
}

export interface PathOptions {
  className?: string;
  interactive?: boolean;
}

export class Layer {
  addTo(map: Map): this;
  remove(): this;
  getElement(): HTMLElement | undefined;
  on(type: string, listener: (event: any) => void): this;
  bindPopup(content: HTMLElement, options?: object): this;
  openPopup(): this;
}

export class Map {
  constructor(container: HTMLElement, options?: object);
  attributionControl: { setPrefix(prefix: string | false): void; addAttribution(text: string): void };
  addControl(control: Control): this;
  fitBounds(bounds: Corners | LatLngBounds, options?: object): this;
  getBounds(): LatLngBounds;
  getCenter(): LatLng;
  getContainer(): HTMLElement;
  getZoom(): number;
  invalidateSize(options?: boolean | object): this;
  on(type: string, listener: (event: any) => void): this;
  panTo(point: LatLngPair | LatLng, options?: object): this;
  remove(): this;
  setView(point: LatLngPair | LatLng, zoom: number, options?: object): this;
}

export class GridLayer extends Layer {
  redraw(): this;
}

export class Marker extends Layer {
  constructor(at: LatLngPair | LatLng, options?: object);
  getLatLng(): LatLng;
  setLatLng(at: LatLngPair | LatLng): this;
  setZIndexOffset(offset: number): this;
}

export class DivIcon {
  constructor(options: { html: HTMLElement | string; className?: string; iconSize?: [number, number]; iconAnchor?: [number, number] });
}

export class Polyline extends Layer {
  constructor(points: LatLngPair[][], options?: PathOptions);
  setLatLngs(points: LatLngPair[][]): this;
}

export class Circle extends Layer {
  constructor(at: LatLngPair, options: PathOptions & { radius: number });
  setLatLng(at: LatLngPair): this;
  setRadius(meters: number): this;
}

export class Control {
  addTo(map: Map): this;
}

export const control: {
  scale(options?: object): Control;
  zoom(options?: object): Control;
};

export function latLngBounds(points: LatLngPair[] | Corners): LatLngBounds;
