package io.trinity.policy;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** Metatype of PID {@code io.trinity.policy}; read by {@link PolicyReader}. */
@ObjectClassDefinition(
        pid = PolicyReader.POLICY_PID,
        name = "Trinity policy",
        description = "What holds for the grants of all plugins")
@interface PolicyDefinition {
    @AttributeDefinition(
            name = "Grant low risk",
            description =
                    "Whether a capability of low risk (vsa_ops, stream_io, metrics) is granted to"
                            + " whoever declares it")
    boolean grantLowRisk() default true;

    @AttributeDefinition(
            name = "Bind to digest",
            description =
                    "Whether a grant of medium or high risk holds for one file's SHA-256 only;"
                            + " false lets a name be enough, for development")
    boolean bindToDigest() default true;

    @AttributeDefinition(
            name = "Vector dimension",
            description = "Elements of a hypervector, 1 to 1000000; for guests opened from then on",
            min = "1",
            max = "1000000")
    int vectorDimension() default 10_000;
}
