// Passkeys: a form whose button asks the browser for a passkey, writes its answer into the form, and sends it.
// What the browser needs to know stands in the form (data-dsg-passkey-options), or is fetched from where it is sent.

const fromText = (text) => {
  const padded = text.replace(/-/g, "+").replace(/_/g, "/").padEnd(Math.ceil(text.length / 4) * 4, "=");
  return Uint8Array.from(atob(padded), (letter) => letter.charCodeAt(0)).buffer;
};

const toText = (buffer) =>
  btoa(String.fromCharCode(...new Uint8Array(buffer)))
    .replace(/\+/g, "-")
    .replace(/\//g, "_")
    .replace(/=+$/, "");

const known = (credentials) => (credentials ?? []).map((one) => ({ ...one, id: fromText(one.id) }));

async function make({ publicKey }) {
  const options = {
    ...publicKey,
    challenge: fromText(publicKey.challenge),
    user: { ...publicKey.user, id: fromText(publicKey.user.id) },
    excludeCredentials: known(publicKey.excludeCredentials),
    // A passkey is found without a name being typed, and asks for a finger, a face or a PIN.
    authenticatorSelection: {
      ...publicKey.authenticatorSelection,
      residentKey: "required",
      requireResidentKey: true,
      userVerification: "required",
    },
  };
  const made = await navigator.credentials.create({ publicKey: options });
  return answer(made, {
    attestationObject: toText(made.response.attestationObject),
    transports: made.response.getTransports?.() ?? [],
  });
}

async function use({ publicKey }) {
  const options = {
    ...publicKey,
    challenge: fromText(publicKey.challenge),
    allowCredentials: known(publicKey.allowCredentials),
  };
  const found = await navigator.credentials.get({ publicKey: options });
  const { authenticatorData, signature, userHandle } = found.response;
  return answer(found, {
    authenticatorData: toText(authenticatorData),
    signature: toText(signature),
    userHandle: userHandle ? toText(userHandle) : null,
  });
}

function answer(credential, response) {
  return {
    id: credential.id,
    rawId: toText(credential.rawId),
    type: credential.type,
    response: { clientDataJSON: toText(credential.response.clientDataJSON), ...response },
    clientExtensionResults: credential.getClientExtensionResults(),
  };
}

async function options(form) {
  if (form.dataset.dsgPasskeyOptions) return JSON.parse(form.dataset.dsgPasskeyOptions);
  const found = await fetch(form.action, { headers: { Accept: "application/json" } });
  if (!found.ok) throw new Error(`${found.status}`);
  return (await found.json()).request_options;
}

function enhance(form) {
  const button = form.querySelector("button");
  const problem = form.querySelector("[role=alert]");
  form.hidden = false;
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    button.disabled = true;
    problem.hidden = true;
    try {
      const act = form.dataset.dsgPasskey === "make" ? make : use;
      form.elements.credential.value = JSON.stringify(await act(await options(form)));
      form.submit();
    } catch (refusal) {
      // Turning away is no fault; every browser tells it in words of its own.
      problem.hidden = false;
      button.disabled = false;
    }
  });
}

if (window.PublicKeyCredential) {
  for (const form of document.querySelectorAll("form[data-dsg-passkey]")) enhance(form);
} else {
  for (const words of document.querySelectorAll("[data-dsg-no-passkeys]")) words.hidden = false;
}
