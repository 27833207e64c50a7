/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define LINLI_DOMAIN_ERROR (linli_domain_error_quark ())

/* Why a command was refused, by what the caller does about it. */
typedef enum
{
  LINLI_DOMAIN_ERROR_INVALID,            /* mend the field and try again */
  LINLI_DOMAIN_ERROR_NOT_FOUND,          /* the thing is gone */
  LINLI_DOMAIN_ERROR_NOT_ALLOWED,        /* another role must do it */
  LINLI_DOMAIN_ERROR_ILLEGAL_TRANSITION, /* the state does not permit it */
  LINLI_DOMAIN_ERROR_CONFLICT,           /* somebody changed it meanwhile: look again */
  LINLI_DOMAIN_ERROR_DUPLICATE,          /* it exists already */
  LINLI_DOMAIN_ERROR_NOT_COVERED,        /* a calendar or rule is missing for that date */
  LINLI_DOMAIN_ERROR_UNKNOWN_KIND,       /* no such command or query here */
} LinliDomainError;

GQuark      linli_domain_error_quark      (void);
void        linli_refuse                  (GError          **error,
                                           LinliDomainError  code,
                                           const char       *reason,
                                           const char       *field,
                                           const char       *message);
void        linli_refuse_with             (GError          **error,
                                           LinliDomainError  code,
                                           const char       *reason,
                                           const char       *field,
                                           const char       *sentence,
                                           const char       *detail);
gboolean    linli_refuse_invalid          (GError          **error,
                                           const char       *field,
                                           const char       *message);
const char *linli_domain_error_get_reason (const GError     *error);
const char *linli_domain_error_get_field  (const GError     *error);
char       *linli_domain_error_say        (const GError     *error,
                                           const char     *(*translate) (const char *sentence));

G_END_DECLS
