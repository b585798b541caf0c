import CCurl

/// One libcurl handle; it belongs to the thread of its `EventLoop`.
@safe struct EasyHandle: ~Copyable {
  let pointer: UnsafeMutableRawPointer

  init() {
    guard let pointer = unsafe curl_easy_init() else { preconditionFailure("out of memory") }
    unsafe self.pointer = pointer
  }

  deinit { unsafe curl_easy_cleanup(pointer) }

  /// Tells it from others.
  var address: UInt { unsafe UInt(bitPattern: pointer) }

  borrowing func set(_ option: CURLoption, to value: Int) {
    check(unsafe curl_shim_set_long(pointer, option, value))
  }

  borrowing func set(_ option: CURLoption, toSize value: Int) {
    check(unsafe curl_shim_set_size(pointer, option, curl_off_t(value)))
  }

  borrowing func set(_ option: CURLoption, to value: String) {
    // libcurl keeps a copy of the string.
    check(unsafe curl_shim_set_string(pointer, option, value))
  }

  borrowing func set(_ option: CURLoption, to list: borrowing StringList) {
    check(unsafe curl_shim_set_list(pointer, option, list.pointer))
  }

  borrowing func set(_ option: CURLoption, toContext context: UnsafeMutableRawPointer) {
    check(unsafe curl_shim_set_pointer(pointer, option, context))
  }

  borrowing func set(_ option: CURLoption, to function: @escaping curl_shim_transfer) {
    check(unsafe curl_shim_set_transfer(pointer, option, function))
  }

  borrowing func setOpen(_ function: @escaping curl_shim_open) {
    check(unsafe curl_shim_set_open(pointer, function))
  }

  borrowing func setClose(_ function: @escaping curl_shim_close) {
    check(unsafe curl_shim_set_close(pointer, function))
  }

  borrowing func number(_ info: CURLINFO) -> Int {
    var value = 0
    check(unsafe curl_shim_get_long(pointer, info, &value))
    return value
  }

  /// The PEM text of the server's own certificate; nil without TLS or on a kept connection.
  borrowing func serverCertificate() -> String? {
    guard let chain = unsafe curl_shim_certificates(pointer), unsafe chain.pointee.num_of_certs > 0
    else { return nil }
    var entry = unsafe chain.pointee.certinfo[0]
    while let current = unsafe entry {
      if let text = unsafe current.pointee.data {
        let line = unsafe String(cString: text)
        if line.hasPrefix("Cert:") { return String(line.dropFirst(5)) }
      }
      unsafe entry = current.pointee.next
    }
    return nil
  }

  /// An option that this version of libcurl does not know is a mistake of ours, not of a host.
  private borrowing func check(_ code: CURLcode) {
    precondition(code == CURLE_OK, unsafe String(cString: curl_easy_strerror(code)))
  }
}

/// A list of strings that libcurl reads while a transfer uses it.
@safe struct StringList: ~Copyable {
  private(set) var pointer: UnsafeMutablePointer<curl_slist>?

  init(_ strings: [String]) {
    for string in strings {
      guard let longer = unsafe curl_slist_append(pointer, string) else {
        preconditionFailure("out of memory")
      }
      unsafe pointer = longer
    }
  }

  deinit { unsafe curl_slist_free_all(pointer) }
}
