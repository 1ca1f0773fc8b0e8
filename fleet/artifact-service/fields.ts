import { Refusal } from './refusal.ts';

/** The checks that a field of a request may have to pass; the message says what was expected. */
const kinds = {
  id: { expected: 'a non-empty string', test: (value: unknown) => isText(value) && value !== '' },
  name: {
    expected: 'a name without any of " : < > | * ? \\ / and line ends',
    test: (value: unknown) => isText(value) && /^[^":<>|*?\\/\r\n]{1,256}$/.test(value),
  },
  text: { expected: 'a string', test: isText },
  digest: {
    expected: 'sha256: and 64 hex digits',
    test: (value: unknown) => matches(value, /^sha256:[0-9a-f]{64}$/),
  },
  // protobuf's JSON writes 64 bit numbers as strings.
  int64: { expected: 'a whole number in a string', test: (value: unknown) => matches(value, /^\d{1,19}$/) },
  version: { expected: '7', test: (value: unknown) => value === 7 },
  time: {
    expected: 'a future time as in 2030-01-31T00:00:00Z',
    test: (value: unknown) => matches(value, /^\d{4}-\d\d-\d\dT[\d:.]+Z$/) && Date.parse(value) > Date.now(),
  },
};

type Kind = keyof typeof kinds;

interface Field {
  readonly kind: Kind;
  readonly required: boolean;
}

const required = (kind: Kind): Field => ({ kind, required: true });
const optional = (kind: Kind): Field => ({ kind, required: false });

const ids = { workflow_run_backend_id: required('id'), workflow_job_run_backend_id: required('id') };
const named = { ...ids, name: required('name') };

/** The five methods with their fields; a hash is optional at GitHub's and required here. */
const methods = {
  CreateArtifact: {
    ...named,
    version: required('version'),
    mime_type: required('text'),
    expires_at: optional('time'),
  },
  FinalizeArtifact: { ...named, size: optional('int64'), hash: required('digest') },
  ListArtifacts: { ...ids, name_filter: optional('name'), id_filter: optional('int64') },
  GetSignedArtifactURL: named,
  DeleteArtifact: named,
} satisfies Record<string, Record<string, Field>>;

export type Method = keyof typeof methods;
export type Fields = Readonly<Record<string, string | undefined>>;

export function isMethod(name: string): name is Method {
  return Object.hasOwn(methods, name);
}

/** @throws Refusal 400 for a missing, unknown or wrong field */
export function checkFields(method: Method, body: unknown): Fields {
  if (typeof body !== 'object' || body === null || Array.isArray(body)) {
    throw malformed('the request is no JSON object');
  }
  const known: Readonly<Record<string, Field>> = methods[method];
  const given = Object.entries(body);
  for (const [name, value] of given) {
    const field = known[name];
    if (field === undefined) {
      throw malformed(`unknown field "${name}"`);
    }
    const { expected, test } = kinds[field.kind];
    if (!test(value)) {
      throw malformed(`${name} must be ${expected}`);
    }
  }
  const missing = Object.keys(known).find((name) => known[name]?.required && !Object.hasOwn(body, name));
  if (missing !== undefined) {
    throw malformed(`${missing} is required`);
  }
  return Object.fromEntries(given.map(([name, value]) => [name, String(value)]));
}

function malformed(message: string): Refusal {
  return new Refusal(400, 'invalid_argument', message);
}

function isText(value: unknown): value is string {
  return typeof value === 'string';
}

function matches(value: unknown, pattern: RegExp): value is string {
  return isText(value) && pattern.test(value);
}
