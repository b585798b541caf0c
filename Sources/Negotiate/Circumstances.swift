/// What an error is about: the libraries' codes do not say.
struct Circumstances: Sendable {
  var user = "the client"
  var cache = "the credential cache"
  var service: ServiceName?
}
