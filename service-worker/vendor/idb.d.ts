/** Types of the part of idb 8 that stores.js uses; rows are typed by the modules that own them. */

export interface Requests {
  get(key: IDBValidKey): Promise<any>;
  getAll(key?: IDBValidKey | IDBKeyRange): Promise<any[]>;
  count(key?: IDBValidKey | IDBKeyRange): Promise<number>;
}

export interface Store extends Requests {
  put(value: unknown): Promise<IDBValidKey>;
  delete(key: IDBValidKey): Promise<void>;
  index(name: string): Requests;
  createIndex(name: string, keyPath: string): void;
}

export interface Transaction {
  objectStore(name: string): Store;
  abort(): void;
  commit(): void;
  readonly done: Promise<void>;
  readonly error: DOMException | null;
}

export interface Database {
  createObjectStore(name: string, options: { keyPath: string }): Store;
  transaction(
    names: string[],
    mode: 'readonly' | 'readwrite',
    options?: { durability: 'default' | 'strict' | 'relaxed' },
  ): Transaction;
  close(): void;
  readonly version: number;
}

export interface OpenCallbacks {
  upgrade?(database: Database, oldVersion: number, newVersion: number | null, transaction: Transaction): void;
  blocked?(): void;
  blocking?(): void;
  terminated?(): void;
}

export function openDB(name: string, version?: number, callbacks?: OpenCallbacks): Promise<Database>;
export function deleteDB(name: string): Promise<void>;
