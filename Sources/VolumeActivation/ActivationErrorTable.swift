/// Every result code that volume activation is known to give, as text that is parsed when first
/// asked for.
///
/// An entry is `code | class | transient or final | activations it applies to | sources`, then a
/// line each for the message, the cause and the remedy, and perhaps one that opens with `note:`;
/// a line indented by two goes on with the one before. The texts are paraphrases.
///
/// Sources: E1 `MicrosoftDocs/SupportArticles-docs`, `troubleshoot-activation-error-codes.md`
/// (01/15/2025); E2 `MicrosoftDocs/windowsserverdocs`, `activation-error-codes.md`; KB a Microsoft
/// support article on that code; KEYS Microsoft's article on client setup keys; S8 the message table
/// inside slmgr.vbs of Windows 8 and later; SL the SL_E_ constants as third parties copied them; W
/// common Windows codes; FR field reports. Where only SL, S8 or FR stands, cause, remedy, class and
/// transience are this project's reading.
enum ActivationErrorTable {
  /// The parts of the table, each in a file of its own.
  static let parts = [general, service, licensing, binding]
}
