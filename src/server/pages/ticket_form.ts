/** Where a person pastes what logs a browser in. Its address holds the ticket, which works once. */
import { html } from "hono/html";

export const ticketForm = html`
  <form class="fields" method="get" action="/login">
    <label>Address from the terminal, or its token
      <input type="password" name="token" autocomplete="off" required>
    </label>
    <button>Log in</button>
  </form>
`;
