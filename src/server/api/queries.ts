/** The parameters that addresses below /api take. */
import { z } from "zod";

const most = 1000;

const page = {
  limit: whole("needs a whole number from 1 to 1,000", 1).max(
    most,
    "needs a whole number from 1 to 1,000",
  )
    .default(100).describe("At most so many"),
};

export const runsQuery = z.strictObject({
  ...page,
  offset: whole("needs a whole number from 0 on", 0).default(0).describe(
    "Left out at the beginning",
  ),
});

function whole(error: string, least: number) {
  return z.coerce.number(error).int(error).min(least, error);
}
