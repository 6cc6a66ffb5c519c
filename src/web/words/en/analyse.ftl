desk-results = Results
analyse-lead = Rounds that have taken forms. Figures here do not hide small groups; they are for analysis by the steering unit only. What others may read are releases.
analyse-none-title = No results yet
analyse-none = Results appear here once a round has opened and forms have come in.
analyse-sealed = The results of this round can be read once its figures are frozen.
analyse-pages = Pages of the round's results
analyse-overview = Overview
