/** Types of the part of tus-js-client 4 that uploads.js uses. */

export interface HttpResponse {
  getStatus(): number;
  getHeader(name: string): string | undefined;
  getBody(): string;
}

export interface DetailedError extends Error {
  originalResponse: HttpResponse | null;
}

export interface UploadOptions {
  endpoint?: string;
  uploadUrl?: string;
  metadata: Record<string, string>;
  chunkSize: number;
  httpStack: unknown;
  retryDelays: number[] | null;
  storeFingerprintForResuming: boolean;
  onUploadUrlAvailable(): void;
  onChunkComplete(part: number, sent: number, total: number): void;
  onSuccess(): void;
  onError(error: Error | DetailedError): void;
}

export class Upload {
  constructor(file: Blob, options: UploadOptions);
  readonly url: string | null;
  start(): void;
}
