import CCurl

/// libcurl's multi interface, driven by sockets and a timer; it belongs to one thread.
@safe struct MultiHandle: ~Copyable {
  let pointer: UnsafeMutableRawPointer

  init() {
    guard let pointer = unsafe curl_multi_init() else { preconditionFailure("out of memory") }
    unsafe self.pointer = pointer
  }

  deinit { unsafe curl_multi_cleanup(pointer) }

  borrowing func set(_ option: CURLMoption, to value: Int) {
    check(unsafe curl_shim_multi_set_long(pointer, option, value))
  }

  borrowing func set(_ option: CURLMoption, toContext context: UnsafeMutableRawPointer) {
    check(unsafe curl_shim_multi_set_pointer(pointer, option, context))
  }

  borrowing func watchSockets(_ function: @escaping curl_socket_callback) {
    check(unsafe curl_shim_multi_set_socket(pointer, function))
  }

  borrowing func watchTimer(_ function: @escaping curl_multi_timer_callback) {
    check(unsafe curl_shim_multi_set_timer(pointer, function))
  }

  borrowing func add(_ easy: borrowing EasyHandle) {
    check(unsafe curl_multi_add_handle(pointer, easy.pointer))
  }

  borrowing func remove(_ easy: borrowing EasyHandle) {
    check(unsafe curl_multi_remove_handle(pointer, easy.pointer))
  }

  /// Tells libcurl what happened to a socket, or that its timer went off (`CURL_SOCKET_TIMEOUT`).
  borrowing func act(on socket: curl_socket_t, _ events: Int32) {
    var running: Int32 = 0
    check(unsafe curl_multi_socket_action(pointer, socket, events, &running))
  }

  /// How long until libcurl wants to be called; nil is not before a socket's doing.
  var timeout: Duration? {
    var milliseconds = 0
    check(unsafe curl_multi_timeout(pointer, &milliseconds))
    return milliseconds < 0 ? nil : .milliseconds(milliseconds)
  }

  /// The next transfer that has ended, known by its handle's address.
  borrowing func finished() -> (handle: UInt, result: CURLcode)? {
    var result = CURLE_OK
    guard let handle = unsafe curl_shim_multi_finished(pointer, &result) else { return nil }
    return (UInt(bitPattern: handle), result)
  }

  private borrowing func check(_ code: CURLMcode) {
    precondition(code == CURLM_OK, unsafe String(cString: curl_multi_strerror(code)))
  }
}
