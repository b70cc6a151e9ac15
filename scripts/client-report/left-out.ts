/** Cases that the report leaves out, with the reason: they are about what a real service does not do, and say nothing about use in the field. */
export const LEFT_OUT: readonly { readonly cases: RegExp; readonly reason: string }[] = [
  {
    cases: /\.upload\.(?:saving|killed|new-upload-killed)$/,
    reason:
      'Glance returns 204 to an upload once the data is stored and the image is active, so clients need not look again',
  },
  {
    cases: /\.paging\.empty-page-with-link$/,
    reason: 'Glance and Nova link to a next page only from a page that is full',
  },
  {
    cases: /\.states\.saving-for-long$/,
    reason: 'it counts polls, and a client that waits longer and longer between them cannot end in time',
  },
  {
    cases: /\.snapshots\.snapshot-fails$/,
    reason: 'whether an image that could not be finished is deleted is for the caller of a library to say',
  },
];

/** Whether the report has a case. */
export const isReported = ({ id }: { readonly id: string }): boolean => !LEFT_OUT.some(({ cases }) => cases.test(id));
