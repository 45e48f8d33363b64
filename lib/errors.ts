/**
 * The few kinds of failure the domain knows. `code` is stable and documented (docs/api.md); `message` is safe to show.
 * The gateway maps them to OpenAI's error form, the console's API to RFC 9457 problem+json.
 */
export type ErrorDetails = {
  /** Stable machine-readable code, e.g. `privacy_budget_exhausted`. */
  code: string;
  /** The request field at fault, where there is one. */
  param?: string;
  /** Further facts for the caller, all public. */
  extra?: Record<string, unknown>;
  cause?: unknown;
};

export class DomainError extends Error {
  readonly status: number;
  readonly code: string;
  readonly param: string | undefined;
  readonly extra: Record<string, unknown> | undefined;

  constructor(status: number, message: string, details: ErrorDetails) {
    super(message, { cause: details.cause });
    this.name = new.target.name;
    this.status = status;
    this.code = details.code;
    this.param = details.param;
    this.extra = details.extra;
  }
}

/** 400: the request itself is wrong. Nothing was charged. */
export class InvalidRequestError extends DomainError {
  constructor(message: string, details: ErrorDetails) {
    super(400, message, details);
  }
}

/** 401: nobody we know. */
export class UnauthenticatedError extends DomainError {
  constructor(message: string, details: ErrorDetails = { code: 'unauthenticated' }) {
    super(401, message, details);
  }
}

/** 403: known, but not allowed. */
export class ForbiddenError extends DomainError {
  constructor(message: string, details: ErrorDetails = { code: 'forbidden' }) {
    super(403, message, details);
  }
}

/** 404: not there, or not the caller's to see: in the same words, or ids could be probed for existence. */
export class NotFoundError extends DomainError {
  constructor(message = 'There is no such thing here.', details: ErrorDetails = { code: 'not_found' }) {
    super(404, message, details);
  }
}

/** 409: somebody else changed it first, or the key was used for another body. */
export class ConflictError extends DomainError {
  constructor(message: string, details: ErrorDetails = { code: 'conflict' }) {
    super(409, message, details);
  }
}

/** 410: it was there once, and its time is over. */
export class GoneError extends DomainError {
  constructor(message: string, details: ErrorDetails) {
    super(410, message, details);
  }
}

/** 422: well formed, and still not worth doing. Nothing was charged. */
export class UnprocessableError extends DomainError {
  constructor(message: string, details: ErrorDetails) {
    super(422, message, details);
  }
}

/** 429: a budget or a rate is used up. Nothing was charged. */
export class ExhaustedError extends DomainError {
  constructor(message: string, details: ErrorDetails) {
    super(429, message, details);
  }
}

/** 503: it cannot be done now. `extra.charged` says whether the budget was debited. */
export class UnavailableError extends DomainError {
  constructor(message: string, details: ErrorDetails) {
    super(503, message, details);
  }
}
