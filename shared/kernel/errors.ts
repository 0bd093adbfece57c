/**
 * Errors are for what should not happen; an expected outcome is a value with a reason code.
 * Each class has a literal name, because state machines match on it and minifiers rename classes.
 */
export type ErrorCode =
  | "application_not_found"
  | "approver_not_available"
  | "policy_not_confirmed"
  | "notice_would_leak"
  | "store_contended"
  | "bank_return_unreadable";

/** An error with a code that a page or a state machine can act on. The message reaches logs: no personal data in it. */
export class ReliefError extends Error {
  override readonly name: string = "ReliefError";
  readonly code: ErrorCode;
  constructor(code: ErrorCode, message: string, options?: { cause?: unknown }) {
    super(message, options);
    this.code = code;
  }
}

/** There is no such application, or it isn't the caller's to see. */
export class ApplicationNotFound extends ReliefError {
  override readonly name = "ApplicationNotFound";
  constructor(message = "no such application") {
    super("application_not_found", message);
  }
}

/** No eligible approver is left at a tier: someone must appoint one (policy 4.4). */
export class ApproverNotAvailable extends ReliefError {
  override readonly name = "ApproverNotAvailable";
  constructor(message: string) {
    super("approver_not_available", message);
  }
}

/** The policy has no confirmed living standard (L) for the day asked (policy fact 3). */
export class PolicyNotConfirmed extends ReliefError {
  override readonly name = "PolicyNotConfirmed";
  constructor(message: string) {
    super("policy_not_confirmed", message);
  }
}

/** A public notice would tell more of a person than it may, and was not published (policy 7). */
export class NoticeWouldLeak extends ReliefError {
  override readonly name = "NoticeWouldLeak";
  constructor(message = "the notice holds what must not be published") {
    super("notice_would_leak", message);
  }
}

/** The store refused again and again because of other writers: try the whole step again later. */
export class StoreContended extends ReliefError {
  override readonly name = "StoreContended";
  constructor(message: string, cause: unknown) {
    super("store_contended", message, { cause });
  }
}

/** The bank's return can't be read as this batch's return file. */
export class BankReturnUnreadable extends ReliefError {
  override readonly name = "BankReturnUnreadable";
  constructor(message: string) {
    super("bank_return_unreadable", message);
  }
}
