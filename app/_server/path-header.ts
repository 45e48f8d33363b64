/** The proxy tells pages which path was asked for, so that signing in can lead back to it. */
export const PATH_HEADER = 'x-fdlr-path';
