-- Which numbers had been a multiple is not kept: the right ones stay.
SELECT 1;
