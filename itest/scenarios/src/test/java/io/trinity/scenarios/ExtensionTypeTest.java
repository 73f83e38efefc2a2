package io.trinity.scenarios;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

import io.trinity.api.plugin.ErrorCode;
import io.trinity.api.plugin.PluginState;
import io.trinity.scenarios.shop.PriceRule;
import io.trinity.scenarios.shop.Shop;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.function.Function;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.zip.ZipEntry;
import org.junit.Test;
import org.osgi.framework.Bundle;
import org.osgi.framework.Constants;

/** A bundle from outside brings a type of plugins, and calls them by its own Java interface. */
public class ExtensionTypeTest extends Scenario {
    private static final String FOLDER = "io/trinity/scenarios/shop/";
    private static final List<String> CLASSES =
            List.of(
                    "PriceRule",
                    "PriceRuleWorld",
                    "PriceRuleWorld$Item",
                    "PriceRuleWorld$Cost",
                    "PriceRuleWorld$Cost$Free",
                    "PriceRuleWorld$Cost$Cents",
                    "Shop");

    /** The bundle that somebody else has built. */
    private static byte[] shop() throws IOException {
        Manifest manifest = new Manifest();
        Attributes main = manifest.getMainAttributes();
        main.put(Attributes.Name.MANIFEST_VERSION, "1.0");
        main.putValue(Constants.BUNDLE_MANIFESTVERSION, "2");
        main.putValue(Constants.BUNDLE_SYMBOLICNAME, "acme.shop");
        main.putValue(Constants.BUNDLE_ACTIVATOR, Shop.class.getName());
        main.putValue(
                Constants.IMPORT_PACKAGE,
                "org.osgi.framework,io.trinity.api.plugin,io.trinity.api.world");
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (JarOutputStream jar = new JarOutputStream(bytes, manifest)) {
            for (String name : CLASSES) {
                String file = FOLDER + name + ".class";
                jar.putNextEntry(new ZipEntry(file));
                try (InputStream in = Shop.class.getClassLoader().getResourceAsStream(file)) {
                    in.transferTo(jar);
                }
            }
        }
        return bytes.toByteArray();
    }

    private Bundle installShop() throws Exception {
        Bundle shop = context.installBundle("acme:shop", new ByteArrayInputStream(shop()));
        shop.start();
        return shop;
    }

    /** What three pears at 40 cents cost. */
    private String price(String customer) throws Exception {
        Function<String, String> shop =
                context.getService(
                        context.getServiceReferences(Function.class, "(" + Shop.NAME + "=pears)")
                                .iterator()
                                .next());
        return shop.apply(customer);
    }

    @Test
    public void aSixthTypeIsAdmittedCheckedCalledAndReloadedLikeOneOfTheFive() throws Exception {
        dropFixture("prices-1", "prices.wasm");
        String message =
                awaitError("prices", ErrorCode.TYPE_UNKNOWN).error().orElseThrow().message();
        assertTrue(
                message,
                message.contains("it is of type 'price_rule', which no bundle here brings"));
        assertTrue(message, message.contains("storage_backend"));

        Bundle shop = installShop();
        awaitState("prices", PluginState.ACTIVE);
        assertEquals(
                PriceRule.TYPE, registry.find("prices").orElseThrow().type().orElseThrow().label());
        await("the shop has prices", () -> priceOf("ada").equals("120 cents"));
        assertEquals("free", price("bob"));
        assertEquals("refused: who are you?", price(""));

        dropFixture("prices-2", "prices.wasm");
        await("the new prices are asked", () -> priceOf("ada").equals("60 cents"));

        // Its classes are others now: what serves is loaded anew with them.
        shop.update(new ByteArrayInputStream(shop()));
        await("the updated bundle's rules are asked", () -> priceOf("ada").equals("60 cents"));

        dropFixture("prices-none", "prices.wasm");
        String missing =
                awaitError("prices", ErrorCode.EXPORT_MISSING).error().orElseThrow().message();
        assertTrue(
                missing,
                missing.contains("export 'price' is missing, which type price_rule needs"));
        assertEquals("60 cents", price("ada"));

        shop.uninstall();
        dropFixture("prices-1", "prices.wasm");
        awaitError("prices", ErrorCode.TYPE_UNKNOWN);
        installShop();
        await("the newest prices are asked", () -> priceOf("ada").equals("120 cents"));
    }

    private String priceOf(String customer) {
        try {
            return price(customer);
        } catch (Exception e) {
            return e.toString();
        }
    }
}
