/**
 * What the operator allows: limits, grants, scopes and settings, as they are in effect. Provided by
 * the policy.
 */
@Export
@Version("0.1.0")
@NullMarked
package io.trinity.api.policy;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
