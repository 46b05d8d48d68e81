/** The version of clusterfit. */
export const version = "0.1.0";
