/** HTTP as bytes, for requests that no client would send. */

/** Sends bytes as they are, and reads the answer until the server closes the connection. */
export async function converse(url: string, ...parts: readonly string[]): Promise<string> {
  const { hostname, port } = new URL(url);
  using connection = await Deno.connect({ hostname, port: Number(port) });
  const send = async () => {
    for (const part of parts) await connection.write(new TextEncoder().encode(part));
  };
  const receive = async () => {
    let answer = "";
    const buffer = new Uint8Array(4096);
    for (let read; (read = await connection.read(buffer).catch(() => null)) !== null;) {
      answer += new TextDecoder().decode(buffer.subarray(0, read));
    }
    return answer;
  };
  const [answer] = await Promise.all([receive(), send().catch(() => {})]);
  return answer;
}
