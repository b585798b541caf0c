#pragma once

// GSSAPI's and libkrb5's macros and globals as functions that Swift can call.

#include <gssapi/gssapi.h>
#include <gssapi/gssapi_ext.h>
#include <gssapi/gssapi_krb5.h>
#include <krb5.h>

static inline gss_OID gss_shim_spnego(void) {
  static gss_OID_desc oid = {6, (void *)"\x2b\x06\x01\x05\x05\x02"};
  return &oid;
}

static inline gss_OID gss_shim_kerberos(void) {
  static gss_OID_desc oid = {9, (void *)"\x2a\x86\x48\x86\xf7\x12\x01\x02\x02"};
  return &oid;
}

static inline gss_OID gss_shim_ntlm(void) {
  static gss_OID_desc oid = {10, (void *)"\x2b\x06\x01\x04\x01\x82\x37\x02\x02\x0a"};
  return &oid;
}

static inline gss_OID gss_shim_service_name(void) { return GSS_C_NT_HOSTBASED_SERVICE; }
static inline gss_OID gss_shim_user_name(void) { return GSS_C_NT_USER_NAME; }

static inline int gss_shim_same(gss_OID left, gss_OID right) {
  return left != NULL && gss_oid_equal(left, right);
}

// The routine error, without what else a status says.
static inline OM_uint32 gss_shim_error(OM_uint32 major) { return GSS_ERROR(major); }

static inline int gss_shim_continues(OM_uint32 major) { return (major & GSS_S_CONTINUE_NEEDED) != 0; }

static inline int gss_shim_out_of_sequence(OM_uint32 major) {
  return (major & (GSS_S_DUPLICATE_TOKEN | GSS_S_OLD_TOKEN | GSS_S_UNSEQ_TOKEN | GSS_S_GAP_TOKEN)) != 0;
}

static inline OM_uint32 gss_shim_bad_bindings(void) { return GSS_S_BAD_BINDINGS; }
static inline OM_uint32 gss_shim_bad_signature(void) { return GSS_S_BAD_SIG; }
static inline OM_uint32 gss_shim_bad_mechanism(void) { return GSS_S_BAD_MECH; }
static inline OM_uint32 gss_shim_defective_token(void) { return GSS_S_DEFECTIVE_TOKEN; }
static inline OM_uint32 gss_shim_no_credential(void) { return GSS_S_NO_CRED; }
static inline OM_uint32 gss_shim_defective_credential(void) { return GSS_S_DEFECTIVE_CREDENTIAL; }
static inline OM_uint32 gss_shim_expired_credential(void) { return GSS_S_CREDENTIALS_EXPIRED; }

// What a context must give: both sides known, no message changed, repeated or moved, none readable.
static inline OM_uint32 gss_shim_flags(void) {
  return GSS_C_MUTUAL_FLAG | GSS_C_REPLAY_FLAG | GSS_C_SEQUENCE_FLAG | GSS_C_CONF_FLAG | GSS_C_INTEG_FLAG;
}

static inline int gss_shim_is_mutual(OM_uint32 flags) { return (flags & GSS_C_MUTUAL_FLAG) != 0; }
static inline int gss_shim_is_confidential(OM_uint32 flags) {
  return (flags & GSS_C_CONF_FLAG) != 0 && (flags & GSS_C_INTEG_FLAG) != 0;
}
static inline int gss_shim_is_bound(OM_uint32 flags) { return (flags & GSS_C_CHANNEL_BOUND_FLAG) != 0; }

static inline OM_uint32 gss_shim_allocated(OM_uint32 type) { return type | GSS_IOV_BUFFER_FLAG_ALLOCATE; }
static inline OM_uint32 gss_shim_header(void) { return GSS_IOV_BUFFER_TYPE_HEADER; }
static inline OM_uint32 gss_shim_data(void) { return GSS_IOV_BUFFER_TYPE_DATA; }
static inline OM_uint32 gss_shim_padding(void) { return GSS_IOV_BUFFER_TYPE_PADDING; }
