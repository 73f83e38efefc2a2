package io.trinity.configuration;

import org.osgi.service.metatype.AttributeDefinition;

/** A key as Metatype describes it; of the values that it names only those are valid. */
record FakeAttribute(String key, int type, String... options) implements AttributeDefinition {
    @Override
    public String getName() {
        return key;
    }

    @Override
    public String getID() {
        return key;
    }

    @Override
    public String getDescription() {
        return "what it is";
    }

    @Override
    public int getCardinality() {
        return 0;
    }

    @Override
    public int getType() {
        return type;
    }

    @Override
    public String[] getOptionValues() {
        return options.length == 0 ? null : options;
    }

    @Override
    public String[] getOptionLabels() {
        return getOptionValues();
    }

    @Override
    public String validate(String value) {
        return options.length == 0 || java.util.List.of(options).contains(value) ? "" : "no option";
    }

    @Override
    public String[] getDefaultValue() {
        return null;
    }
}
