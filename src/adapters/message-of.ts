/**
 * What an error says, by its shape. A host name with several addresses fails with one error for all of them, whose
 * own message is empty.
 */
export function messageOf(error: unknown): string {
  const { message, errors } = Object(error) as { message?: unknown; errors?: unknown };
  if (Array.isArray(errors) && errors.length > 0) {
    return errors.map(messageOf).join(', ');
  }
  return typeof message === 'string' && message !== '' ? message : String(error);
}
