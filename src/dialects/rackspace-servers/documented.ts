/** The document that the contract follows. */
export const SOURCE = 'Rackspace Cloud Servers API v2 developer guide';
