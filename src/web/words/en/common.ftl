product = Lắng Nghe
error-back = Go to the first page
error-home = Back to my desk
error-reopen = Open the page again
error-title-400 = That request was not right
error-title-403 = You may not see this page
error-title-404 = Page not found
error-title-no-file = There is no such file
error-title-409 = Someone was there before you
error-title-413 = Too much was sent
error-title-500 = Something is wrong on our side
error-title-503 = The server cannot do this now
error-title-stale = Not saved: this page is out of date
error-text-400 = This address or form is not right. Please open the page again and repeat it.
error-text-403 = Your account has not been given this task. If you need it, ask your unit's administrator.
error-text-404 = There is nothing at this address. Please check the link.
error-text-413 = Nothing was saved. Please send less at a time.
error-text-500 = That did not work. Please try again in a few minutes; if it fails again, tell the administrator the code { $reference }.
error-text-stale = The page was opened before you last signed in, so nothing was saved. Please open it again and repeat what you did.

number-group = ,
number-decimal = .
number-per-cent = { $number }%
number-percent = { $whole }.{ $tenth }%
date-moment = { $day } { $month ->
    [m1] January
    [m2] February
    [m3] March
    [m4] April
    [m5] May
    [m6] June
    [m7] July
    [m8] August
    [m9] September
    [m10] October
    [m11] November
   *[m12] December
 } { $year }, { $hour }:{ $minute }
date-day = { $day } { $month ->
    [m1] Jan
    [m2] Feb
    [m3] Mar
    [m4] Apr
    [m5] May
    [m6] Jun
    [m7] Jul
    [m8] Aug
    [m9] Sep
    [m10] Oct
    [m11] Nov
   *[m12] Dec
 } { $year }
