/// Whoever shows a request shows its values too, so each is shown with its keys masked.
extension CIMValue: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
  package var description: String {
    switch self {
    case .null: "null"
    case .string(let text): "\"\(MaskedText(text.utf8))\""
    case .secret: "‹secret›"
    case .boolean(let flag): "\(flag)"
    case .unsigned(let number): "\(number)"
    case .signed(let number): "\(number)"
    case .dateTime(let date): date.description
    case .interval(let interval): interval.description
    case .array(let values): "\(values)"
    }
  }

  package var debugDescription: String { description }
  package var customMirror: Mirror { Mirror(self, children: [:]) }
}
