/** Answers of side proxies where a request goes no further. */
export const refusals = {
  denied: refusal(403, 'Forbidden', 'No TrafficTarget permits this.'),
  nowhere: refusal(503, 'Service Unavailable', 'No pod serves this.'),
  broken: refusal(502, 'Bad Gateway', 'The application broke off.'),
};

interface Refusal {
  status: number;
  text: string;
  /** The answer in full, as the last one of a connection. */
  message: string;
}

function refusal(status: number, reason: string, words: string): Refusal {
  const text = `${words}\n`;
  return { status, text, message: `HTTP/1.1 ${status} ${reason}\r\nContent-Type: text/plain\r\nContent-Length: ${text.length}\r\nConnection: close\r\n\r\n${text}` };
}
