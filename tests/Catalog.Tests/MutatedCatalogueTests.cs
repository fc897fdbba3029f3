using System.Text;
using Ecosystem.Catalog.DataAssets.Description;
using Ecosystem.Catalog.Import;
using Ecosystem.Catalog.Rules;
using Ecosystem.Catalog.V1;
using Ecosystem.Rdf;
using Ecosystem.Testing;

namespace Ecosystem.Catalog.Tests;

public sealed class MutatedCatalogueTests
{
    /// <summary>One slip of the keyboard in a real catalogue of 39 data sets costs a few records at most, and each loss is reported.</summary>
    [SkippableFact]
    public void A_slip_of_the_keyboard_costs_little_and_is_reported()
    {
        string good = File.ReadAllText(SharedFolder.Path("data/rki-catalogue/Robert_Koch-Institut_DCAT-AP-DE.ttl"));
        const string Keys = "<>\"'[];.,:@#\\ \nx0";
        var random = new Random(20260103);
        for (int i = 0; i < 80; i++)
        {
            var text = new StringBuilder(good);
            int at = random.Next(2_000, text.Length); // after the prefixes, which all records need
            _ = random.Next(2) == 0 ? text.Remove(at, 1) : text.Insert(at, Keys[random.Next(Keys.Length)]);

            RdfReading reading = TurtleReader.ReadTolerantly(text.ToString());
            int whole = 0;
            foreach (DcatRecord record in new DcatReader(reading.Graph, ProtectionNeed.Unspecified).Records())
            {
                var violations = new Violations();
                DataAssetRules.Check(record.Asset, violations);
                whole += violations.Any ? 0 : 1;
                Assert.All(violations.Sentences, sentence => Assert.Contains(": ", sentence, StringComparison.Ordinal));
            }

            Assert.True(whole >= 37 || reading.Problems.Count > 0, $"Mutation {i} at {at}: {whole} records without a word about the others.");
            Assert.True(whole >= 36, $"Mutation {i} at {at}: only {whole} records are left. {string.Join(" | ", reading.Problems)}");
        }
    }
}
