using Ecosystem.Evaluate;

// dotnet run -c Release --project tests/evaluate -- [search] [data folder]
string data = args.FirstOrDefault(Directory.Exists) ?? Environment.GetEnvironmentVariable("EVALUATE_DATA") ?? "../shared/data/matching";
if (!Directory.Exists(data))
{
    await Console.Error.WriteLineAsync($"There is no evaluation data in '{data}'. Name the folder that has omos-qa and datafinder, as an argument or in EVALUATE_DATA.");
    return 2;
}
var report = new Report(Console.Out);
OmosQa.Run(Path.Combine(data, "omos-qa"), report);
DataFinder.Run(Path.Combine(data, "datafinder"), report);
AllianceTask.Run(report);
SignalTask.Run(data, report);
report.Close();
return report.AllMet ? 0 : 1;
