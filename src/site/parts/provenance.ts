import { type Html, html } from '../html.ts';
import type { Account, Provenance } from '../provenance.ts';

/** One line on who made a result. */
export function provenanceLine(provenance: Provenance): Html {
  switch (provenance.state) {
    case 'unsigned':
      return html`<span class="quiet">unsigned</span>`;
    case 'broken':
      return html`<b class="v error">signature does not fit</b>`;
    case 'signed':
      return html`signed`;
    case 'verified':
      return provenance.account?.ok === false ? html`<b class="v partial">signed, not enrolled</b>` : html`<b class="v pass">signature verified</b>`;
  }
}

/** All that is known of who made a result, as a paragraph. */
export function provenanceText(provenance: Provenance): Html {
  switch (provenance.state) {
    case 'unsigned':
      return html`<p>${provenanceLine(provenance)}. Nobody put a name to this report: it shows what somebody says that a run has seen.</p>`;
    case 'broken':
      return html`<p>${provenanceLine(provenance)}: ${provenance.reason}. Do not rely on this report.</p>`;
    case 'signed':
      return html`<p>Signed, by its own account, ${by(provenance)}. The bundle is for exactly this report; whether its signature holds was not checked when this page was made${provenance.unchecked !== undefined && html`: ${provenance.unchecked}`}.</p>`;
    case 'verified':
      return html`<p>${provenanceLine(provenance)}: signed ${by(provenance)}.${provenance.account !== undefined && accountText(provenance.account)}</p>`;
  }
}

function accountText({ ok, detail }: Account): Html {
  return ok ? html` ${detail}, by the list of accounts.` : html` The signature holds, and does not count as the mesh's own: ${detail}.`;
}

function by({ signer, with: means, issuer }: Extract<Provenance, { signer: string }>): Html {
  return means === 'key' ? html`with the key <code>${signer}</code>` : html`by <code>${signer}</code>${issuer !== undefined && html`, as <code>${issuer}</code> says`}`;
}
