/** The name of the lock that the one drain of all tabs holds. */

export const LOCK = 'fieldapp-drain';
